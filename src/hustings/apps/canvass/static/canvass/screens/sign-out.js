// @ts-check
/** Signing this phone out: with unsent answers it asks first, then everything is forgotten. */
import { h, icon, note } from "./draw.js";
import { Screen } from "./screen.js";

export class SignOut extends Screen {
  #sure = false;

  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { app, say } = this.ui;
    const unsent = app.unsent().length;
    if (!app.carried?.phone && !unsent && !app.walks.size) return [[h("h1", {}, say("signed_out")), h("p", {}, say("signed_out_why"))], [h("a", { class: "btn btn-primary", href: "/w/?code", "data-key": "onward" }, say("another_walk"))]];
    if (unsent > 0 && !this.#sure)
      return [
        [
          h("h1", {}, say("sign_out")),
          note("bad", "triangle-alert", say("sign_out_unsent", { n: unsent })),
          h("p", {}, h("a", { class: "btn btn-block", href: "#/unsent" }, icon("hourglass"), say("unsent_n", { n: unsent }))),
          h("button", { class: "btn btn-link btn-block", type: "button", "data-key": "anyway", click: () => { this.#sure = true; this.again(); } }, say("sign_out_anyway", { n: unsent })),
        ],
        [h("button", { class: "btn btn-primary", type: "button", "data-key": "try", click: () => void app.tryNow() }, app.sending ? say("sending") : say("send_first"))],
      ];
    return [
      [h("h1", {}, say("sign_out")), h("p", {}, unsent ? say("sign_out_lost", { n: unsent }) : say("sign_out_why"))],
      [h("a", { class: "btn", href: "#/" }, say("stay")), h("button", { class: `btn ${unsent ? "btn-danger" : "btn-primary"}`, type: "button", "data-key": "leave", click: () => this.#leave() }, say("sign_out"))],
    ];
  }

  async #leave() {
    await this.keep(async () => {
      if (!(await this.ui.app.signOut())) throw new Error(this.ui.say("needs_connection"));
    });
  }
}
customElements.define("sign-out", SignOut);
