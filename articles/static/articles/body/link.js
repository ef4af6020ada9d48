// Links: one box for the address, and only addresses that are kept when the story is saved.

import { Link as AnyLink, crel } from "django-prose-editor/editor";
import { ask, box } from "./dialog.js";

export const Link = AnyLink.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          askForAddress(editor);
          return true;
        },
    };
  },
});

async function askForAddress(editor) {
  const isLink = editor.isActive("link");
  if (editor.state.selection.empty && !isLink) return;
  const input = crel("input", { type: "text", value: editor.getAttributes("link").href ?? "", required: true });
  input.inputMode = "url";
  input.addEventListener("input", () => input.setCustomValidity(""));
  input.addEventListener("change", () => {
    const address = complete(input.value);
    input.setCustomValidity(address ? "" : "Write a web address, an e-mail address, or /stories/ and the story’s slug.");
  });
  const answer = await ask({
    title: "Where does the link lead?",
    content: [box("Address", input, "A web address, or /stories/its-slug/ for a story of ours.")],
    answers: [{ value: "link", text: "Set the link" }],
  });
  const href = complete(input.value);
  const text = editor.chain().focus();
  if (answer === "link" && href) (isLink ? text.extendMarkRange("link") : text).setMark("link", { href }).run();
}

// An address as it can be kept, or "" for what is none.
export function complete(typed) {
  const address = typed.trim();
  if (/^(https?:\/\/|mailto:)\S+$/i.test(address) || /^(\/(?![/\\])|#)\S*$/.test(address)) return address;
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(address)) return `mailto:${address}`;
  return /^[^\s/:]+\.[^\s/:.]{2,}(:\d+)?(\/\S*)?$/.test(address) ? `https://${address}` : "";
}
