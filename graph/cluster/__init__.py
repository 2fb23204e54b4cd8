"""One graph on many machines."""
