// Keeps the page of the chat and the page with all answers at hand, for when the door cannot be reached.
// Nothing of a conversation comes by here: the API is left alone.

const STORE = "ouderchat";
const CHAT = "/chat";
const PAGES = [CHAT, "/antwoorden"];
const FILES = "/statisch/";
const PATIENCE = 5000;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepAll());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (PAGES.includes(pathname)) event.respondWith(page(event, pathname));
  else if (pathname.startsWith(FILES)) event.respondWith(file(event.request));
});

// From the door when it answers in time, else as it was.
async function page(event, path) {
  try {
    const answer = await fetch(event.request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status < 500) {
      if (path === CHAT) event.waitUntil(keepAll().catch(() => {}));
      return answer;
    }
  } catch {
    // Not reached.
  }
  return (await caches.match(path)) || Response.error();
}

const file = async (request) => (await caches.match(request.url)) || fetch(request);

// The pages as they are now, and the files that they need; older files go.
async function keepAll() {
  const store = await caches.open(STORE);
  const wanted = new Set();
  for (const path of PAGES) {
    const answer = await fetch(path, { cache: "no-cache" });
    if (!answer.ok) return;
    for (const [address] of (await answer.clone().text()).matchAll(/\/statisch\/[^"]+/g)) wanted.add(address);
    await store.put(path, answer);
  }
  for (const address of wanted) if (!(await store.match(address))) await store.add(address);
  for (const request of await store.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith(FILES) && !wanted.has(pathname)) await store.delete(request);
  }
}
