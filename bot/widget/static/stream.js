// The stream of the conversation, read with fetch. After a break it goes on after the last message it had.

const SILENCE = 40000;
const LONGEST_PAUSE = 15000;
const HIDDEN_TOO_LONG = 60000;

export class Stream {
  constructor(session, on) {
    this.session = session;
    this.on = on;
    this.last = 0;
    this.abort = null;
    this.wanted = false;
    window.addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => this.visibility());
  }

  start(last) {
    this.last = last;
    this.wanted = true;
    this.token = this.session.token;
    this.now();
  }

  stop() {
    this.wanted = false;
    this.abort?.abort();
    clearTimeout(this.timer);
  }

  // Connect at once, whatever pause was going on.
  now() {
    if (!this.wanted) return;
    clearTimeout(this.timer);
    this.abort?.abort();
    this.pause = 500;
    this.run();
  }

  // A browser allows few connections to one address: a tab that nobody looks at gives its own back.
  visibility() {
    clearTimeout(this.hiding);
    if (document.hidden) this.hiding = setTimeout(() => this.abort?.abort("hidden"), HIDDEN_TOO_LONG);
    else if (this.wanted && !this.abort) this.now();
  }

  async run() {
    const abort = (this.abort = new AbortController());
    try {
      await this.read(abort);
    } catch {
      // Broken off, or never there: tried again below.
    }
    if (this.abort !== abort) return;
    this.abort = null;
    if (!this.wanted || abort.signal.reason === "hidden") return;
    this.on.away();
    this.timer = setTimeout(() => this.run(), this.pause * (0.75 + Math.random() / 2));
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  async read(abort) {
    const headers = { Authorization: `Bearer ${this.session.token}`, "Last-Event-ID": String(this.last) };
    const answer = await fetch("/api/stroom", { headers, signal: abort.signal, cache: "no-store" });
    if (answer.status === 401) {
      this.stop();
      this.on.gone();
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    this.pause = 500;
    this.on.open();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await withLimit(reader.read(), abort);
      if (done) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      blocks.forEach((block) => this.event(block));
    }
  }

  event(block) {
    const fields = {};
    for (const line of block.split("\n")) {
      const at = line.indexOf(":");
      if (at > 0) fields[line.slice(0, at)] = line.slice(at + 1).trimStart();
    }
    if (!fields.event) return;
    if (fields.id) this.last = Math.max(this.last, Number(fields.id));
    this.on[fields.event]?.(JSON.parse(fields.data));
  }
}

// The door sends a sign of life every 15 seconds; without one the connection is dead, whatever the network says.
function withLimit(reading, abort) {
  const timer = setTimeout(() => abort.abort(), SILENCE);
  return reading.finally(() => clearTimeout(timer));
}
