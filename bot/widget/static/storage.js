// What the browser remembers. A browser may forbid storage in a frame: then it lasts as long as the page.

const memory = new Map();

function guarded(storage) {
  return {
    get works() {
      try {
        return Boolean(storage());
      } catch {
        return false;
      }
    },
    get(key) {
      try {
        return storage().getItem(key);
      } catch {
        return memory.get(key) ?? null;
      }
    },
    set(key, value) {
      try {
        storage().setItem(key, value);
      } catch {
        memory.set(key, value);
      }
    },
    remove(key) {
      memory.delete(key);
      try {
        storage().removeItem(key);
      } catch {
        // Nothing was stored.
      }
    },
  };
}

export const lasting = guarded(() => window.localStorage);
export const ofTab = guarded(() => window.sessionStorage);
