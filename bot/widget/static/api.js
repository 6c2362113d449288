// Requests to the door, and the token of the conversation that all tabs share.

import { lasting } from "./storage.js";

const TOKEN = "ouderchat.token";
const TIMEOUT = 20000;

export class Refused extends Error {
  constructor(status, data) {
    super(data.melding || "Er ging iets mis. Wilt u het nog eens proberen?");
    this.status = status;
    this.data = data;
  }
}

export class Unreachable extends Error {}

async function request(method, path, { token, body } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const signal = AbortSignal.timeout ? AbortSignal.timeout(TIMEOUT) : undefined;
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: body && JSON.stringify(body), signal, cache: "no-store" });
  } catch {
    throw new Unreachable();
  }
  const data = await answer.json().catch(() => ({}));
  if (answer.ok) return data;
  throw new Refused(answer.status, data);
}

export class Session {
  constructor(onOther) {
    // Another tab began or wiped the conversation.
    window.addEventListener("storage", (event) => {
      if (event.key === TOKEN && event.newValue !== event.oldValue) onOther(event.newValue);
    });
  }

  get token() {
    return lasting.get(TOKEN);
  }

  forget(token = this.token) {
    if (this.token === token) lasting.remove(TOKEN);
  }

  // One conversation, also when two tabs send their first message at the same moment.
  async begin() {
    const make = async () => {
      if (!this.token) lasting.set(TOKEN, (await request("POST", "/api/gesprekken")).token);
      return this.token;
    };
    if (!lasting.works) return make();
    return navigator.locks ? navigator.locks.request("ouderchat.begin", make) : make();
  }

  async call(method, path, body) {
    const token = this.token;
    try {
      return await request(method, path, { token, body });
    } catch (error) {
      if (error.status === 401) this.forget(token);
      throw error;
    }
  }
}
