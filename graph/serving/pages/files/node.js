"use strict";

// The only part of a node's page that needs a script: copying its IRI.

const copy = document.getElementById("copy");
copy.hidden = !navigator.clipboard;
copy.addEventListener("click", async () => {
  let text = "Copied";
  try {
    await navigator.clipboard.writeText(copy.dataset.text);
  } catch {
    text = "Copying is not allowed here";
  }
  copy.textContent = text;
  document.getElementById("said").textContent = text;
});
