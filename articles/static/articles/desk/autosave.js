// Keeps what is typed until it is saved: at once in the browser, and two seconds after the last key at the desk.

import { fieldsAsSent, fieldsOf, stamped } from "./fields.js";

const HERE_AFTER = 500;
const DESK_AFTER = 2_000;
const DESK_AT_LEAST_EVERY = 10_000;
const LOOK_EVERY = 5_000; // some scripts fill in fields without saying so
const SENT_TWICE_WITHIN = 5_000;

const TROUBLE = {
  silent: "Kept in this browser only: the desk does not answer.",
  login: "Your login has expired. What you type is kept in this browser; ",
  refused: "Kept in this browser only: you may not change this story now.",
  taken: "Kept in this browser only: somebody else has logged in here.",
  long: "Kept in this browser only: the text is too long for the desk to keep.",
  nowhere: "Not kept: neither this browser nor the desk has room for it. Copy what you typed before you leave.",
};

export function autosave(form, seat, wire, copies) {
  const key = seat.dataset.key;
  const asSent = fieldsAsSent(form);
  const cameUnsaved = seat.hasAttribute("data-unsaved");
  const say = statusLine(form, seat);
  let now = asSent;
  let typedAt = Date.now();
  let here = true; // whether the browser keeps what is typed now
  let atDesk = cameUnsaved ? null : asSent; // what the desk knows
  let refused = null; // what the desk would not take
  let wrong = "";
  let submitted = 0;
  let soon, idle, latest;

  const isUnsaved = () => cameUnsaved || now !== asSent;

  function look() {
    soon = clearTimeout(soon);
    const fields = fieldsOf(form);
    if (fields === now) return;
    now = fields;
    typedAt = Date.now();
    submitted = 0;
    keepHere();
    tellDeskLater();
  }

  function keepHere() {
    if (isUnsaved()) here = copies.keep(key, now, { at: typedAt, submitted: submitted > 0 });
    else copies.drop(key);
  }

  function tellDeskLater() {
    clearTimeout(idle);
    idle = setTimeout(tellDesk, DESK_AFTER);
    latest ??= setTimeout(tellDesk, DESK_AT_LEAST_EVERY);
  }

  function tellDesk() {
    clearTimeout(idle);
    latest = clearTimeout(latest);
    look();
    if (now !== atDesk && !submitted) wire.beat();
  }

  const forDesk = () => (isUnsaved() ? stamped(now, typedAt) : "");

  wire.pending = () => (now === atDesk || now === refused || submitted ? undefined : forDesk());

  wire.listen((answer, typed) => {
    const isLatest = typed !== undefined && typed === forDesk();
    if (answer.kept && isLatest) {
      atDesk = now;
      say("kept", isUnsaved() ? `Kept ${answer.at}` : "");
    } else if (typed !== undefined && (answer.too_long || answer.may_change === false)) {
      refused = now; // and not sent again before it changes
      wrong = answer.too_long ? "long" : "refused";
    }
    if (answer.state !== "ok") wrong = answer.state;
    else if (now !== refused) wrong = "";
    const matters = wrong && (wrong === "login" || isUnsaved());
    say("trouble", matters ? TROUBLE[here ? wrong : "nowhere"] : "", wrong === "login" && here);
  });

  // Typing, choosing, ticking, adding and deleting rows. What the boxes of choices tell goes through jQuery only.
  const changed = () => (soon ??= setTimeout(look, HERE_AFTER));
  for (const happening of ["input", "change", "formset:added"]) form.addEventListener(happening, changed);
  document.addEventListener("formset:removed", changed);
  window.django?.jQuery(form).on("change", changed);
  setInterval(() => document.visibilityState === "visible" && look(), LOOK_EVERY);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tellDesk());

  form.addEventListener("submit", (event) => {
    if (Date.now() - submitted < SENT_TWICE_WITHIN) return event.preventDefault();
    look();
    if (wire.state === "login") return askFirst(event);
    submitted = Date.now();
    keepHere();
    wire.stop();
    wire.renewToken();
    setTimeout(() => {
      if (event.defaultPrevented) submitted = 0; // another script asks something before it is sent
    });
  });

  // Sent without a login, the form would end at the door. If there is one again, from another tab, it goes on.
  async function askFirst(event) {
    event.preventDefault();
    await wire.beat();
    if (wire.state !== "login") form.requestSubmit(event.submitter);
  }

  addEventListener("beforeunload", (event) => {
    look();
    if (isUnsaved() && !here && now !== atDesk && !submitted) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    look();
    if (!submitted) wire.leave();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) submitted = 0;
  });

  if (cameUnsaved) {
    keepHere();
    tellDeskLater();
  }
  look();
  return { isUnsaved };
}

// Beside the buttons. That all is well is shown and not read out each time; what is wrong is read out.
function statusLine(form, seat) {
  const line = document.createElement("span");
  line.className = "kept-line";
  const kept = document.createElement("span");
  const trouble = document.createElement("span");
  trouble.setAttribute("role", "status");
  trouble.className = "kept-trouble";
  line.append(kept, trouble);
  const buttons = form.querySelector(".panel-save") ?? form.querySelector(".submit-row");
  buttons?.append(line);
  return (which, text, withLogin = false) => {
    const place = which === "kept" ? kept : trouble;
    if (which === "trouble") kept.hidden = Boolean(text);
    if (place.dataset.text === text) return;
    place.dataset.text = text;
    place.replaceChildren(text);
    if (withLogin) place.append(loginLink(seat), ".");
  };
}

function loginLink(seat) {
  const link = document.createElement("a");
  link.href = seat.dataset.login;
  link.target = "_blank";
  link.textContent = "log in again in another tab";
  return link;
}
