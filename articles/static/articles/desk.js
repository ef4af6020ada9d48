// Gives names to what scripts put into the forms: the body editor's area and the boxes of autocomplete
// fields come without the label of the field they stand for, so a screen reader would not say what they are.

function labelOf(field) {
  const label = field.labels?.[0];
  return label?.textContent.trim().replace(/:$/, "") || field.getAttribute("aria-label");
}

function nameTheBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete.select2-hidden-accessible")) {
    const box = select.nextElementSibling;
    const name = labelOf(select);
    if (!name || !box?.classList.contains("select2")) continue;
    for (const part of box.querySelectorAll(".select2-selection, .select2-search__field, .select2-selection__rendered[role=textbox]")) {
      if (part.getAttribute("aria-label") === name) continue;
      const chosen = part.getAttribute("aria-labelledby");
      part.setAttribute("aria-label", name);
      if (chosen && part.matches("[role=combobox]")) {
        part.removeAttribute("aria-labelledby");
        part.setAttribute("aria-describedby", chosen);
      }
    }
  }
  for (const search of document.querySelectorAll(".select2-dropdown .select2-search__field:not([aria-label])")) {
    search.setAttribute("aria-label", "Search");
  }
}

function nameTheEditors() {
  for (const area of document.querySelectorAll(".prose-editor [contenteditable]:not([aria-label])")) {
    const field = area.closest(".prose-editor").querySelector("textarea");
    area.setAttribute("role", "textbox");
    area.setAttribute("aria-multiline", "true");
    area.setAttribute("aria-label", (field && labelOf(field)) || "Text");
  }
}

function nameAll() {
  nameTheBoxes();
  nameTheEditors();
}

nameAll();
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
