// The launcher: one button and one frame on the page of a school or the municipality. The chat itself lives in the
// frame, from another origin, so that scripts of this page can read neither its text nor its token.
(() => {
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const options = script.dataset;
  const OPEN = "ouderchat.open";
  const HEARD = "ouderchat.gelezen";
  const PATIENCE = 10000;
  const side = options.plaats === "links" ? "left" : "right";
  const colour = /^#[0-9a-f]{6}$/i.test(options.kleur || "") ? options.kleur : "#0b5560";
  const FONT = `-apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", system-ui, sans-serif`;
  const CSS = `
    :host { all: initial; }
    .button, .frame, .text { position: fixed; z-index: 2147483000; bottom: 20px; ${side}: 20px; }
    .button { display: flex; align-items: center; gap: 10px; min-height: 56px; padding: 0 22px 0 18px; border: 0; cursor: pointer;
      border-radius: 28px; background: ${colour}; color: ${readable(colour)}; font: 600 17px/1.2 ${FONT};
      box-shadow: 0 2px 6px rgb(10 40 48 / 22%), 0 10px 28px rgb(10 40 48 / 24%); transition: transform .16s; }
    .button:hover { transform: translateY(-2px); }
    .button:focus-visible { outline: 3px solid currentColor; outline-offset: -6px; box-shadow: 0 0 0 4px ${colour}; }
    .text { bottom: 88px; display: flex; align-items: flex-start; max-width: min(300px, calc(100vw - 40px)); border-radius: 16px;
      background: #fff; color: #16282d; font: 16px/1.4 ${FONT}; box-shadow: 0 2px 6px rgb(10 40 48 / 22%), 0 10px 28px rgb(10 40 48 / 24%); }
    .text p { margin: 0; padding: 12px 0 12px 16px; }
    .text button { width: 44px; height: 44px; flex: none; border: 0; background: none; color: inherit; font: 22px/1 ${FONT}; cursor: pointer; }
    .away { height: auto; padding: 24px; overflow: auto; box-sizing: border-box; color: #16282d; font: 17px/1.5 ${FONT}; }
    .away p { margin: 0 0 16px; }
    .away button, .away a { display: inline-flex; align-items: center; min-height: 44px; margin: 0 18px 8px 0; padding: 0; border: 0;
      background: none; color: #0b5560; font: 600 17px/1.3 ${FONT}; text-decoration: underline; cursor: pointer; }
    :is(.text, .away) :focus-visible { outline: 3px solid #0b5560; outline-offset: 2px; }
    .button svg { width: 26px; height: 26px; flex: none; }
    .dot { position: absolute; top: -3px; right: 4px; width: 16px; height: 16px; border-radius: 50%; border: 3px solid #fff; background: #b3401b; }
    .frame { width: 410px; height: min(720px, calc(100vh - 40px)); max-width: calc(100vw - 40px); border: 0; border-radius: 18px;
      background: #f3f7f7; color-scheme: light dark; box-shadow: 0 0 0 1px rgb(10 40 48 / 10%), 0 12px 48px rgb(10 40 48 / 30%); }
    .frame.closed { visibility: hidden; pointer-events: none; }
    [hidden] { display: none; }
    @media (max-width: 520px), (max-height: 480px) {
      .frame { inset: 0 auto auto 0; width: 100%; height: 100%; max-width: none; border-radius: 0; }
      .button { bottom: 14px; ${side}: 14px; }
    }
    @media (prefers-color-scheme: dark) {
      .frame { background: #10191c; }
      .text { background: #1a262a; color: #e8f0f1; }
      .away { color: #e8f0f1; }
      .away button, .away a { color: #7fcbd4; }
      :is(.text, .away) :focus-visible { outline-color: #a4dde3; }
    }
    @media (prefers-reduced-motion: reduce) { .button { transition: none; } .button:hover { transform: none; } }
    @media (forced-colors: active) { .button, .text { border: 2px solid ButtonText; } }
    @media print { .button, .frame, .text { display: none; } }`;

  const place = document.createElement("div");
  place.id = "ouderchat";
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", "Ouderchat");
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
  let timer = 0;
  let panel = null;
  let pause = PATIENCE;
  const text = options.tekst && !stored(HEARD) ? opening(options.tekst) : null;

  // Black or white, whichever can be read on the colour that the page chose.
  function readable(hex) {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.183 ? "#000" : "#fff";
  }

  function make(tag, properties, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in node) node[name] = value;
      else node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  }

  // A word beside the button, until it is closed or the chat is opened.
  function opening(words) {
    const close = make("button", { type: "button", textContent: "×", "aria-label": "Tekst sluiten" });
    const box = make("div", { className: "text" }, make("p", { textContent: words }), close);
    close.addEventListener("click", () => {
      heard();
      button.focus();
    });
    root.prepend(box);
    return box;
  }

  function heard() {
    if (!text) return;
    text.remove();
    store(HEARD, true);
  }

  // The chat does not come up: the ways that remain, and the chat itself as soon as it does.
  function away() {
    if (ready || panel || pause === PATIENCE || frame.classList.contains("closed")) return;
    const again = make("button", { type: "button", textContent: "Probeer opnieuw" });
    const shut = make("button", { type: "button", textContent: "Sluiten" });
    panel = make("div", { className: "frame away", role: "group", "aria-label": "Ouderchat" });
    panel.append(make("p", { role: "status", textContent: "De Ouderchat is nu niet te bereiken. We proberen het steeds opnieuw." }), again,
      link("Alle antwoorden", `${origin}/antwoorden`));
    if (/^(?:https?:|mailto:|tel:)/i.test(options.contact || "")) panel.append(link("Contact", options.contact));
    panel.append(shut);
    again.addEventListener("click", retry);
    shut.addEventListener("click", close);
    frame.hidden = true;
    root.append(panel);
  }

  const link = (textContent, href) => make("a", { textContent, href, target: "_blank", rel: "noopener noreferrer" });

  // Longer each time: a slow connection must be able to get to the end.
  function expect() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      pause = Math.min(pause * 2, 120000);
      away();
      retry();
    }, pause);
  }

  function retry() {
    if (ready) return;
    frame.src = `${origin}/chat`;
    expect();
  }

  function back() {
    const within = panel?.contains(root.activeElement);
    panel?.remove();
    panel = null;
    frame.hidden = false;
    if (within) frame.focus();
  }

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
    expect();
  }

  function open(focus) {
    if (!frame) makeFrame();
    frame.classList.remove("closed");
    heard();
    button.hidden = true;
    news(false);
    store(OPEN, true);
    fit();
    away();
    if (focus) (panel?.querySelector("button") || frame).focus();
    if (ready && focus) tell("open");
    else if (ready) tell("zichtbaar");
  }

  function close() {
    frame.classList.add("closed");
    if (panel) back();
    button.hidden = false;
    button.focus();
    store(OPEN, false);
    tell("dicht");
  }

  function news(there) {
    dot.hidden = !there;
    button.setAttribute("aria-label", there ? `${label.textContent}: er is een nieuw bericht` : label.textContent);
  }

  const tell = (word) => frame.contentWindow.postMessage(`ouderchat:${word}`, origin);

  function store(key, value) {
    try {
      if (value) sessionStorage.setItem(key, "ja");
      else sessionStorage.removeItem(key);
    } catch {
      // A page without storage opens with the button again.
    }
  }

  function stored(key) {
    try {
      return sessionStorage.getItem(key) === "ja";
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
      clearTimeout(timer);
      back();
      if (!frame.classList.contains("closed")) tell(root.activeElement === frame ? "open" : "zichtbaar");
    }
  });
  window.visualViewport?.addEventListener("resize", fit);
  window.visualViewport?.addEventListener("scroll", fit);
  button.addEventListener("click", () => open(true));
  news(false);
  if ("open" in options || stored(OPEN)) open(false);
})();
