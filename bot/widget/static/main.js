// The chat: wires session, stream, outbox and screen together.

import { Session } from "./api.js";
import { Composer } from "./composer.js";
import { download, print } from "./copy.js";
import { byId } from "./dom.js";
import { Feedback } from "./feedback.js";
import { HandOff } from "./handoff.js";
import { Host } from "./host.js";
import { live } from "./live.js";
import { Log } from "./log.js";
import { Menu } from "./menu.js";
import { Outbox } from "./outbox.js";
import { Stream } from "./stream.js";
import { Wipe } from "./wipe.js";

const AWAY = "Geen verbinding met de chat. We proberen het steeds opnieuw. Wat u typt, blijft bewaard.";
const AWAY_AFTER = 2500;

const session = new Session(() => follow());
const menu = new Menu();
const handoff = new HandOff(session, () => stream.wanted || follow());
const wipe = new Wipe(session, byId("wipe-dialog"), () => startAgain("Uw gesprek is gewist."));
const restart = new Wipe(session, byId("restart-dialog"), () => startAgain("U kunt opnieuw beginnen."));
const feedback = new Feedback(session);
let language = "";
const human = () => handoff.open(language);
const log = new Log({ human, choose, feedback });
const composer = new Composer(Number(byId("chat").dataset.limit), (text) => outbox.add(text, log.choiceOf(text)));

const outbox = new Outbox(session, {
  added: (message) => {
    log.addWaiting(message);
    showStarters();
  },
  masked: (message) => log.markMasked(message),
  begun: followNew,
  sent: (message) => {
    log.markSent(message);
    if (awayTimer) banner("");
  },
  failed: (message, sentence) => {
    log.markFailed(message, sentence, () => outbox.now());
    if (!sentence) away();
  },
  refused: (message, sentence) => log.markRefused(message, sentence, () => composer.restore(message.text)),
});

const stream = new Stream(session, {
  open: () => {
    banner("");
    // Who is there is told right after this, if anybody is.
    live.present(false);
  },
  away,
  bericht: (item) => {
    log.add(item);
    live.heard(item);
    language = item.meta.tolk || language;
    showStarters();
    if (item.van !== "ouder") host.somethingNew();
  },
  bezig: ({ bezig }) => log.busy(bezig),
  mens: (state) => live.human(state),
  aanwezig: ({ aanwezig }) => live.present(aanwezig),
  waardering: (given) => feedback.heard(given),
  gewist: () => {
    handoff.reset();
    gone();
  },
  gone,
});

const touch = matchMedia("(pointer: coarse)");
const host = new Host({ open: () => (touch.matches ? log.box.focus() : composer.focus()) });
let awayTimer = null;

// The message opened a conversation: the first, or one in place of a conversation that is gone.
function followNew() {
  if (stream.wanted && stream.token === session.token) return;
  if (stream.token) log.clear();
  outbox.waiting.forEach((message) => log.addWaiting(message));
  stream.start(log.last);
}

// Wiped in another tab, or too old.
function gone() {
  session.forget();
  handoff.forget();
  follow();
}

// The door cannot be reached: said when it lasts, with the ways that remain.
function away() {
  awayTimer ??= setTimeout(() => {
    banner(AWAY);
    awayTimer = true;
    byId("banner").lastElementChild.hidden = false;
  }, AWAY_AFTER);
}

function banner(text) {
  clearTimeout(awayTimer);
  awayTimer = null;
  byId("banner").hidden = !text;
  byId("banner").firstElementChild.textContent = text;
  byId("banner").lastElementChild.hidden = true;
}

function showStarters() {
  byId("starters").hidden = !log.empty;
}

function choose({ titel, keuze }, event) {
  outbox.add(titel, keuze);
  // With the keyboard one goes on typing; on a phone the keyboard must not come up.
  if (event.detail === 0) composer.focus();
  else log.box.focus({ preventScroll: true });
}

// Show the conversation that this browser has, from the beginning.
async function follow() {
  stream.stop();
  log.clear();
  showStarters();
  live.load([]);
  if (!session.token) return;
  try {
    const { berichten, bezig } = await session.call("GET", "/api/gesprek");
    await feedback.load();
    log.load(berichten);
    live.load(berichten);
    log.busy(bezig);
    stream.start(log.last);
  } catch (error) {
    // Gone: a new conversation starts with the first message. Not reached: the stream brings everything.
    if (error.status === 401) return;
    stream.start(0);
    away();
  }
  showStarters();
}

function startAgain(sentence) {
  stream.stop();
  outbox.clear();
  composer.clear();
  handoff.reset();
  language = "";
  live.load([]);
  log.clear();
  showStarters();
  log.say(sentence);
  tell(sentence);
  composer.focus();
}

function copy(how) {
  if (log.empty) return tell("Er is nog geen gesprek om te bewaren.");
  if (how === "print") print();
  else download(log.items);
}

// A short word at the top that goes by itself.
function tell(sentence) {
  banner(sentence);
  setTimeout(() => banner(""), 6000);
}

function escape(event) {
  // A sheet closes itself; then the menu; then the chat.
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (!menu.close()) host.close();
}

byId("human").addEventListener("click", human);
byId("wipe").addEventListener("click", () => wipe.open());
byId("restart").addEventListener("click", () => restart.open());
for (const button of document.querySelectorAll("[data-copy]")) button.addEventListener("click", () => copy(button.dataset.copy));
byId("close").addEventListener("click", () => host.close());
byId("close").hidden = !host.embedded;
document.addEventListener("keydown", escape);
byId("log").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.action === "human") human();
  if (button?.dataset.action === "wipe") wipe.open();
  if (button?.dataset.choice) choose({ titel: button.textContent.trim(), keuze: button.dataset.choice }, event);
});

await follow();
live.askWhile(() => byId("handoff").open && !stream.wanted && !document.hidden);
outbox.resume();
byId("chat").dataset.ready = "";
host.ready();
keepAtHand();

// The chat and the answers stay at hand for when the door cannot be reached. A browser may forbid it in a frame.
function keepAtHand() {
  try {
    navigator.serviceWorker.register("/sw.js").catch(() => {});
  } catch {
    // Then they are as far away as the door.
  }
}
