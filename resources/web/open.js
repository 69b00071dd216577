
// Opens the page with its passphrase, in this window alone. It asks nobody, sends nothing and keeps nothing.
"use strict";
{
  // These stand in integrate/sharing/web_sealing.py too; docs/shared-web-page.md tells what they are for.
  const FORMAT = "integrate web page 1";
  const ROUNDS = 1200000;
  const SALT = 16;
  const NONCE = 12;

  const at = (name) => document.getElementById(name);
  const door = at("door");
  const form = at("form");
  const field = at("field");
  const seen = at("seen");
  const said = at("said");
  const room = at("room");
  const text = at("text");
  let working = false;

  // Sentences are in the page, in its language; here they only have names.
  function say(name) {
    said.textContent = name ? said.dataset[name] : "";
    field.setAttribute("aria-invalid", String(name === "wrong"));
  }

  // One spelling: any space is a plain one, and an accent belongs to its letter.
  function normalised(phrase) {
    return phrase.replace(/\p{Zs}/gu, " ").normalize("NFC");
  }

  function bytesOf(base64) {
    const letters = atob(base64);
    const bytes = new Uint8Array(letters.length);
    for (let place = 0; place < letters.length; place += 1) {
      bytes[place] = letters.charCodeAt(place);
    }
    return bytes;
  }

  // The text behind the passphrase. A wrong one, or a changed file, is refused with "OperationError".
  async function unsealed(phrase) {
    const utf8 = new TextEncoder();
    const bytes = bytesOf(at("sealed").content.textContent);
    const salt = bytes.subarray(0, SALT);
    const iv = bytes.subarray(SALT, SALT + NONCE);
    const typed = await crypto.subtle.importKey("raw", utf8.encode(normalised(phrase)), "PBKDF2", false, ["deriveKey"]);
    const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
    const key = await crypto.subtle.deriveKey(way, typed, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const lock = { name: "AES-GCM", iv, additionalData: utf8.encode(FORMAT) };
    const plain = await crypto.subtle.decrypt(lock, key, bytes.subarray(SALT + NONCE));
    return new TextDecoder("utf-8", { fatal: true }).decode(plain);
  }

  function emptyField() {
    field.value = "";
    field.type = "password";
    seen.checked = false;
  }

  // A document made by DOMParser runs no script, and the page's policy allows none but this one.
  function show(html) {
    text.replaceChildren(new DOMParser().parseFromString(html, "text/html").body.firstElementChild);
    emptyField();
    say("");
    door.hidden = true;
    room.hidden = false;
    window.scrollTo(0, 0);
    text.querySelector("h1").focus();
  }

  function close() {
    text.replaceChildren();
    room.hidden = true;
    door.hidden = false;
    emptyField();
    field.focus();
  }

  async function open(event) {
    event.preventDefault();
    if (working) {
      return;
    }
    working = true;
    say("working");
    try {
      show(await unsealed(field.value));
    } catch (problem) {
      say(problem.name === "OperationError" ? "wrong" : "broken");
      field.focus();
      field.select();
    }
    working = false;
  }

  if (window.crypto && crypto.subtle && window.TextDecoder && window.DOMParser && text.replaceChildren) {
    at("cannot").hidden = true;
    at("open").disabled = false;
    form.addEventListener("submit", open);
    seen.addEventListener("change", () => { field.type = seen.checked ? "text" : "password"; });
    at("close").addEventListener("click", () => { close(); say("closed"); });
    window.addEventListener("pagehide", close);
  }
}
