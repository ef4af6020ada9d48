// Tells the desk that the form is open and what was typed, one request after the other, and passes on the answers.

const PATIENCE = 10_000;
const LONGEST_BEACON = 60_000; // bytes; browsers take no more from a page that is closing

export class Wire {
  constructor(seat, form) {
    this.seat = seat;
    this.form = form;
    this.state = "ok";
    this.told = 0; // the version of the story that was last spoken of
    this.listeners = [];
    this.pending = () => undefined; // what the desk does not have yet; "" when nothing is unsaved any more
  }

  listen(listener) {
    this.listeners.push(listener);
  }

  // The token of this form, or the newer one that came with a login in another tab.
  token() {
    const name = `${this.seat.dataset.tokenCookie}=`;
    const cookie = document.cookie.split("; ").find((part) => part.startsWith(name));
    return cookie ? cookie.slice(name.length) : "";
  }

  renewToken() {
    const token = this.token();
    if (token) for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  }

  message(more) {
    const message = new FormData();
    message.set("csrfmiddlewaretoken", this.token());
    message.set("key", this.seat.dataset.key);
    message.set("seen_version", this.form.elements.seen_version?.value || this.seat.dataset.version);
    message.set("told", this.told);
    for (const [name, value] of Object.entries(more)) if (value !== undefined) message.set(name, value);
    return message;
  }

  // Asked for again while a request is under way, one more follows it.
  async beat() {
    if (this.busy) {
      this.again = true;
      return this.busy;
    }
    this.busy = this.tell();
    await this.busy;
    this.busy = null;
    if (this.again) {
      this.again = false;
      return this.beat();
    }
  }

  async tell() {
    const typed = this.pending();
    const answer = await this.post(this.seat.dataset.beatAddress, this.message({ typed }));
    if (answer.state === "stopped") return;
    this.state = answer.state;
    if (answer.version) this.told = answer.version;
    for (const listener of this.listeners) listener(answer, typed);
  }

  async post(address, body) {
    this.stopper = new AbortController();
    const patience = setTimeout(() => this.stopper.abort("late"), PATIENCE);
    try {
      const response = await fetch(address, {
        method: "POST", body, redirect: "manual", headers: { Accept: "application/json" }, signal: this.stopper.signal,
      });
      if (response.ok) return { state: "ok", ...(await response.json()) };
      return { state: this.whyNot(response) };
    } catch {
      return { state: this.stopper.signal.reason === "stop" ? "stopped" : "silent" };
    } finally {
      clearTimeout(patience);
    }
  }

  whyNot(response) {
    if (response.type === "opaqueredirect" || (response.status === 403 && !this.token())) return "login";
    if (response.status === 409) return "taken";
    return [403, 404].includes(response.status) ? "refused" : "silent";
  }

  // The form itself is being sent: nothing older may reach the desk after it.
  stop() {
    this.again = false;
    this.stopper?.abort("stop");
  }

  leave() {
    const typed = this.pending();
    const short = typed === undefined || new Blob([typed]).size < LONGEST_BEACON;
    navigator.sendBeacon(this.seat.dataset.beatAddress, this.message({ leaving: "on", typed: short ? typed : undefined }));
  }
}
