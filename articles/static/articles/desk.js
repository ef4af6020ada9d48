// Gives the body editor the name its label has, for screen readers: the editor makes its own element.
const label = document.querySelector('label[for="id_body"]');

function nameTheEditor() {
  const area = document.querySelector(".field-body [contenteditable]");
  if (!area || !label) return false;
  label.id ||= "label_body";
  area.setAttribute("aria-labelledby", label.id);
  area.setAttribute("role", "textbox");
  area.setAttribute("aria-multiline", "true");
  return true;
}

if (label && !nameTheEditor()) {
  const watch = new MutationObserver(() => nameTheEditor() && watch.disconnect());
  watch.observe(document.body, { childList: true, subtree: true });
}
