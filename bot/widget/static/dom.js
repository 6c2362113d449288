// Small helpers to make elements. Text always goes in as text; HTML only through `html`, made safe by the server.

export const byId = (id) => document.getElementById(id);

export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "html") node.innerHTML = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && !name.includes("-")) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

// The words alone; `between` stands where a paragraph, an item of a list or a line ends.
export function plainText(html, between = " ") {
  const page = new DOMParser().parseFromString(html, "text/html");
  const text = (node) => node.textContent.replace(/\s+/g, " ");
  if (between !== " ") for (const item of page.querySelectorAll("li")) item.prepend("- ");
  for (const end of page.querySelectorAll("p, li, br")) end.after("\u0000");
  return text(page.body).split("\u0000").map((line) => line.trim()).filter(Boolean).join(between);
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const prefersStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
