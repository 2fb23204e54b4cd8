"""What article-graph promises, one sentence per test."""
