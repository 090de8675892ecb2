import type { CallMedia, CallSnapshot, CallStateName } from "../../call/snapshot.ts";
import type { CallSource } from "../../controller/call-source.ts";
import { SxContactElement } from "../shared/sx-contact-element.ts";

/** What a host can ask of the calls of a view: each method is one wish, and does what the button for it does. */
export abstract class CallCommands extends SxContactElement {
  /**
   * The calls behind the screen.
   * @internal
   */
  abstract get calls(): CallSource;
  abstract set calls(calls: CallSource);

  /** The call, at this moment: deeply frozen plain data. */
  get snapshot(): CallSnapshot {
    return this.calls.snapshot;
  }

  /** The calls beside it, the newest first: those that wait (`incoming`) and those on hold. */
  get others(): readonly CallSnapshot[] {
    return this.calls.others;
  }

  /** Where the call is. Also an attribute, for styles. */
  get state(): CallStateName {
    return this.snapshot.state;
  }

  /**
   * Calls the contact.
   * @throws {CallError} `not-possible` where there is a call already, else the code of what failed.
   */
  startCall({ media }: { media: CallMedia }): Promise<void> {
    return this.calls.perform({ type: "start", media, ...this.#callee });
  }

  /**
   * Goes on with the call that the page was in before it was loaded anew.
   * @param last - the last `snapshot` before that, as an object: not older than 60 s.
   * @throws {CallError} `bad-argument` where it is none or too old, `not-possible` where there is a call already.
   */
  resumeCall(last: unknown): Promise<void> {
    return this.calls.perform({ type: "resume-call", last, ...this.#callee });
  }

  /**
   * Takes a message of the other side, as the host's channel delivered it. Never throws: a bad one is told by `sx-error`.
   * @param from - the `id` of the contact who has sent it, where the view gets messages of more than one.
   */
  receiveSignal(message: unknown, from?: string): void {
    this.calls.receive(message, from);
  }

  /**
   * Accepts the incoming call, with what it asks for unless told otherwise.
   * @throws {CallError} `not-possible` where none is incoming, else the code of what failed.
   */
  acceptCall({ media = this.snapshot.media }: { media?: CallMedia } = {}): Promise<void> {
    return this.calls.perform({ type: "accept", media });
  }

  /**
   * Declines the incoming call and tells the caller.
   * @throws {CallError} `not-possible` where none is incoming.
   */
  declineCall(): Promise<void> {
    return this.calls.perform({ type: "decline" });
  }

  /**
   * Stops the ringing without telling the caller.
   * @throws {CallError} `not-possible` where none is incoming.
   */
  ignoreCall(): Promise<void> {
    return this.calls.perform({ type: "ignore" });
  }

  /**
   * Ends the call, or cancels it while it rings.
   * @throws {CallError} `not-possible` where there is none.
   */
  hangUp(): Promise<void> {
    return this.calls.perform({ type: "hang-up" });
  }

  /**
   * Accepts a call that waits beside the one that is shown.
   * @param active - what becomes of the one that is shown.
   * @throws {CallError} `not-possible` where no such call waits or the other cannot be held now, else the code of what failed.
   */
  acceptWaitingCall({
    callId,
    media,
    active = "end",
  }: {
    callId: string;
    media: CallMedia;
    active?: "end" | "hold";
  }): Promise<void> {
    return this.calls.perform({ type: "accept-waiting", callId, media, active });
  }

  /**
   * Declines a call that waits beside the one that is shown, and tells its caller.
   * @throws {CallError} `not-possible` where no such call waits.
   */
  declineWaitingCall(callId: string): Promise<void> {
    return this.calls.perform({ type: "decline-waiting", callId });
  }

  /**
   * Stops the ringing of a call that waits beside the one that is shown, without telling its caller.
   * @throws {CallError} `not-possible` where no such call waits.
   */
  ignoreWaitingCall(callId: string): Promise<void> {
    return this.calls.perform({ type: "ignore-waiting", callId });
  }

  /**
   * Puts the call on hold: nothing of this side is sent, and nothing is played. The other side is told.
   * @throws {CallError} `not-possible` where it is not connected.
   */
  holdCall(): Promise<void> {
    return this.calls.perform({ type: "hold" });
  }

  /**
   * Goes on with the call, with the devices that were on before the hold.
   * @throws {CallError} `not-possible` where it is not on hold.
   */
  resumeHeldCall(): Promise<void> {
    return this.calls.perform({ type: "resume" });
  }

  /**
   * Goes on with a call that is on hold beside the one that is shown, and puts that one on hold.
   * @throws {CallError} `not-possible` where no such call is on hold, or the one that is shown cannot be held now.
   */
  swapCalls(callId: string): Promise<void> {
    return this.calls.perform({ type: "swap", callId });
  }

  /** Another device of the same person has taken the call: it stops ringing here, and its caller is not told. Never throws. */
  answeredElsewhere(callId: string): void {
    void this.calls.perform({ type: "answered-elsewhere", callId }).catch(() => undefined);
  }

  /** Another device of the same person has declined the call: it stops ringing here, and its caller is not told. Never throws. */
  declinedElsewhere(callId: string): void {
    void this.calls.perform({ type: "declined-elsewhere", callId }).catch(() => undefined);
  }

  /**
   * Switches the own microphone.
   * @throws {CallError} the code of what failed.
   */
  setMicrophone(on: boolean): Promise<void> {
    return this.calls.perform({ type: "set-microphone", on });
  }

  /**
   * Switches the own camera. Off releases it: its light goes out.
   * @throws {CallError} the code of what failed.
   */
  setCamera(on: boolean): Promise<void> {
    return this.calls.perform({ type: "set-camera", on });
  }

  /**
   * Changes to the camera that looks the other way.
   * @throws {CallError} the code of what failed.
   */
  flipCamera(): Promise<void> {
    return this.calls.perform({ type: "flip-camera" });
  }

  /**
   * Starts or stops sharing the own screen.
   * @throws {CallError} the code of what failed.
   */
  setScreenShare(on: boolean): Promise<void> {
    return this.calls.perform({ type: "set-screen", on });
  }

  /** Whom a call goes to: only an invitation of theirs can cross it. */
  get #callee() {
    const { id } = this.shownContact;
    return id === "" ? {} : { to: id };
  }
}
