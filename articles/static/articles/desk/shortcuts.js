// The keys of the story's form: save, and go to the button that publishes. None of them publishes by itself.

const APPLE = /Mac|iP(hone|ad)/.test(navigator.platform);
// What takes the story on: the first of these buttons that there is.
const ONWARD = ["[name=_publish_changes]", ...["publish", "schedule", "submit"].map((step) => `[name=_step][value=${step}]`)];

export function shortcuts(form, seat) {
  const save = form.querySelector("[name=_continue]") ?? form.querySelector("[name=_save]");
  const publish = ONWARD.map((button) => form.querySelector(button)).find(Boolean);
  save?.setAttribute("aria-keyshortcuts", APPLE ? "Meta+S" : "Control+S");
  publish?.setAttribute("aria-keyshortcuts", APPLE ? "Meta+Shift+Enter" : "Control+Shift+Enter");

  addEventListener(
    "keydown",
    (event) => {
      const command = (APPLE ? event.metaKey : event.ctrlKey) && !event.altKey && !event.isComposing;
      if (!command || document.querySelector("dialog[open]")) return;
      if (isLetterS(event) && !event.shiftKey && save) {
        event.preventDefault();
        event.stopPropagation();
        if (!event.repeat) save.click();
      } else if (event.key === "Enter" && event.shiftKey && publish) {
        event.preventDefault();
        event.stopPropagation();
        publish.scrollIntoView({ block: "center" });
        publish.focus();
      }
    },
    { capture: true },
  );
  tell(form, seat, save, publish);
}

// On a keyboard of another script the key gives another letter.
function isLetterS(event) {
  return event.key.toLowerCase() === "s" || (event.code === "KeyS" && !/^[a-z]$/i.test(event.key));
}

function tell(form, seat, save, publish) {
  const help = seat.querySelector("[data-shortcuts]");
  if (!help || !save) return;
  for (const key of help.querySelectorAll("[data-command]")) key.textContent = APPLE ? "⌘" : "Ctrl";
  if (!publish) help.querySelector("[data-publish]").remove();
  else help.querySelector("[data-button]").textContent = `“${publish.textContent.trim()}”`;
  form.querySelector(".panel-save")?.after(help);
  help.hidden = false;
}
