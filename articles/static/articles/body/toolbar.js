// Makes the editor's row of buttons what its keys and a screen reader expect: one stop, arrows inside, states said.

import { Extension } from "django-prose-editor/editor";

export const Toolbar = Extension.create({
  name: "toolbar",
  priority: 1, // after the menu is there

  onCreate() {
    const bar = this.editor.view.dom.parentElement.querySelector(".prose-menubar");
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "Formatting of the text");
    bar.addEventListener("keydown", (event) => move(event, bar));
    bar.addEventListener("focusin", ({ target }) => stopAt(target.closest("button"), bar));
    stopAt(buttonsOf(bar)[0], bar);
    describe(bar);
    this.editor.on("transaction", () => describe(bar)); // behind the buttons, which listen too
  },
});

const buttonsOf = (bar) => [...bar.querySelectorAll("button:not(.hidden)")];

function describe(bar) {
  for (const button of bar.querySelectorAll("button")) {
    const isOnOrOff = !/^(history:|horizontalRule|unlink)/.test(button.dataset.name);
    if (isOnOrOff) button.setAttribute("aria-pressed", String(button.classList.contains("active")));
    button.setAttribute("aria-disabled", String(button.classList.contains("disabled")));
  }
  if (!buttonsOf(bar).some((button) => button.tabIndex === 0)) stopAt(buttonsOf(bar)[0], bar);
}

function stopAt(stop, bar) {
  for (const button of bar.querySelectorAll("button")) button.tabIndex = button === stop ? 0 : -1;
}

function move(event, bar) {
  const buttons = buttonsOf(bar);
  const at = buttons.indexOf(event.target.closest("button"));
  const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  buttons.at(next % buttons.length).focus();
}
