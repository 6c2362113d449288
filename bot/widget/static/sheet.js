// A sheet over the chat: a modal dialog that gives the focus back where it came from.

export class Sheet {
  constructor(dialog, closed = () => {}) {
    this.dialog = dialog;
    for (const button of dialog.querySelectorAll("[data-close]")) button.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      closed();
      if (this.opener?.isConnected) this.opener.focus({ preventScroll: true });
    });
  }

  open() {
    if (this.dialog.open) return;
    this.opener = document.activeElement;
    this.dialog.showModal();
    this.dialog.querySelector("h2").focus();
  }

  close() {
    this.dialog.close();
  }
}
