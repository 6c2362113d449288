// The page around the frame. It is told when to close and that something new came; it learns nothing else.

const embedded = window.parent !== window;

export class Host {
  constructor(on) {
    this.open = !embedded;
    this.embedded = embedded;
    window.addEventListener("message", (event) => {
      if (event.source !== window.parent || !embedded) return;
      if (event.data === "ouderchat:zichtbaar") this.open = true;
      else if (event.data === "ouderchat:open") {
        this.open = true;
        on.open();
      } else if (event.data === "ouderchat:dicht") this.open = false;
    });
  }

  close() {
    if (embedded) window.parent.postMessage("ouderchat:sluit", "*");
  }

  somethingNew() {
    if (embedded && !this.open) window.parent.postMessage("ouderchat:nieuw", "*");
  }

  ready() {
    if (embedded) window.parent.postMessage("ouderchat:klaar", "*");
  }
}
