// Asks an editor something in a dialog of the browser's own, which keeps the focus and closes by Escape.

import { crel } from "django-prose-editor/editor";

let dialogs = 0;

// Resolves to the value of the answer that was chosen, or to "" if none was.
export function ask({ title, content, answers }) {
  const heading = crel("h2", { id: `body-dialog-${++dialogs}`, textContent: title });
  const cancel = crel("button", { type: "button", textContent: "Cancel" });
  const buttons = answers.map(({ value, text }) => crel("button", { type: "submit", value, textContent: text }));
  const row = crel("div", { className: "body-dialog-answers" }, [...buttons, cancel]);
  const form = crel("form", { method: "dialog" }, [heading, ...content, row]);
  const dialog = crel("dialog", { className: "body-dialog", "aria-labelledby": heading.id }, [form]);
  document.body.append(dialog);
  return new Promise((resolve) => {
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
    dialog.showModal();
  });
}

// One choice of several. What stands in it, without a name of its own, is its name.
export function choice({ group, value, checked = false }, children) {
  const radio = crel("input", { type: "radio", name: group, value, checked, required: true });
  return crel("label", { className: "body-choice" }, [radio, ...children]);
}

export function choices(legend, labels) {
  return crel("fieldset", { className: "body-choices" }, [crel("legend", { textContent: legend }), ...labels]);
}

export function chosenIn(element) {
  return element.querySelector("input[type=radio]:checked")?.value;
}

export function box(label, input, help = "") {
  const text = crel("span", { textContent: label });
  const hint = help ? [crel("span", { className: "help", textContent: help })] : [];
  return crel("label", { className: "body-box" }, [text, input, ...hint]);
}
