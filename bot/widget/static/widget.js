// The launcher: one button and one frame on the page of a school or the municipality. The chat itself lives in the
// frame, from another origin, so that scripts of this page can read neither its text nor its token.
(() => {
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const options = script.dataset;
  const OPEN = "ouderchat.open";
  const CSS = `
    :host { all: initial; }
    .button, .frame { position: fixed; z-index: 2147483000; bottom: 20px; ${options.plaats === "links" ? "left" : "right"}: 20px; }
    .button { display: flex; align-items: center; gap: 10px; min-height: 56px; padding: 0 22px 0 18px; border: 0; cursor: pointer;
      border-radius: 28px; background: #0b5560; color: #fff; font: 600 17px/1.2 -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", system-ui, sans-serif;
      box-shadow: 0 2px 6px rgb(10 40 48 / 22%), 0 10px 28px rgb(10 40 48 / 24%); transition: transform .16s, background .16s; }
    .button:hover { background: #08434c; transform: translateY(-2px); }
    .button:focus-visible { outline: 3px solid #fff; outline-offset: -6px; box-shadow: 0 0 0 4px #0b5560; }
    .button svg { width: 26px; height: 26px; flex: none; }
    .dot { position: absolute; top: -3px; right: 4px; width: 16px; height: 16px; border-radius: 50%; border: 3px solid #fff; background: #b3401b; }
    .frame { width: 410px; height: min(720px, calc(100vh - 40px)); max-width: calc(100vw - 40px); border: 0; border-radius: 18px;
      background: #f3f7f7; color-scheme: light dark; box-shadow: 0 0 0 1px rgb(10 40 48 / 10%), 0 12px 48px rgb(10 40 48 / 30%); }
    .frame.closed { visibility: hidden; pointer-events: none; }
    [hidden] { display: none; }
    @media (max-width: 520px), (max-height: 480px) {
      .frame { inset: 0 auto auto 0; width: 100%; height: 100%; max-width: none; border-radius: 0; }
      .button { bottom: 14px; ${options.plaats === "links" ? "left" : "right"}: 14px; }
    }
    @media (prefers-color-scheme: dark) { .frame { background: #10191c; } }
    @media (prefers-reduced-motion: reduce) { .button { transition: none; } .button:hover { transform: none; } }
    @media (forced-colors: active) { .button { border: 2px solid ButtonText; } }
    @media print { .button, .frame { display: none; } }`;

  const place = document.createElement("div");
  place.id = "ouderchat";
  const root = place.attachShadow({ mode: "open" });
  const button = document.createElement("button");
  button.className = "button";
  button.type = "button";
  button.innerHTML = `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round"
    stroke-linejoin="round" aria-hidden="true"><path d="M4 5.5h16v11H11l-4.5 3.6v-3.6H4z"/><path d="M8.5 9.5h7M8.5 12.7h4.5"/></svg>
    <span></span><i class="dot" hidden></i>`;
  const label = button.querySelector("span");
  const dot = button.querySelector(".dot");
  label.textContent = options.knop || "Vraag het de Ouderchat";
  button.setAttribute("aria-haspopup", "dialog");
  root.append(button);
  style();
  document.body.append(place);

  let frame = null;
  let ready = false;

  // A constructed sheet needs no permission for inline styles from the page's own policy.
  function style() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
  }

  function makeFrame() {
    frame = document.createElement("iframe");
    frame.className = "frame";
    frame.title = "Ouderchat: chat over passend onderwijs";
    frame.src = `${origin}/chat`;
    root.append(frame);
  }

  function open(focus) {
    if (!frame) makeFrame();
    frame.classList.remove("closed");
    button.hidden = true;
    news(false);
    remember(true);
    fit();
    if (focus) frame.focus();
    if (ready && focus) tell("open");
    else if (ready) tell("zichtbaar");
  }

  function close() {
    frame.classList.add("closed");
    button.hidden = false;
    button.focus();
    remember(false);
    tell("dicht");
  }

  function news(there) {
    dot.hidden = !there;
    button.setAttribute("aria-label", there ? `${label.textContent}: er is een nieuw bericht` : label.textContent);
  }

  const tell = (word) => frame.contentWindow.postMessage(`ouderchat:${word}`, origin);

  function remember(isOpen) {
    try {
      if (isOpen) sessionStorage.setItem(OPEN, "ja");
      else sessionStorage.removeItem(OPEN);
    } catch {
      // A page without storage opens with the button again.
    }
  }

  function wasOpen() {
    try {
      return sessionStorage.getItem(OPEN) === "ja";
    } catch {
      return false;
    }
  }

  // On a phone the keyboard covers the lower part of the page: the frame takes what is left.
  function fit() {
    const seen = window.visualViewport;
    if (!frame || !seen) return;
    const full = matchMedia("(max-width: 520px), (max-height: 480px)").matches && seen.scale === 1;
    frame.style.height = full ? `${seen.height}px` : "";
    frame.style.top = full ? `${seen.offsetTop}px` : "";
  }

  window.addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
    if (event.data === "ouderchat:sluit") close();
    if (event.data === "ouderchat:nieuw") news(true);
    if (event.data === "ouderchat:klaar") {
      ready = true;
      if (!frame.classList.contains("closed")) tell(root.activeElement === frame ? "open" : "zichtbaar");
    }
  });
  window.visualViewport?.addEventListener("resize", fit);
  window.visualViewport?.addEventListener("scroll", fit);
  button.addEventListener("click", () => open(true));
  news(false);
  if ("open" in options || wasOpen()) open(false);
})();
