import type { Words } from "./strings.ts";

/** English strings of the connection check. */
export const checkEnglish = {
  check: "Check connection",
  checkAgain: "Check again",
  checkFailed: "The check could not be done",
  checkFailedAdvice: "Try again. If it happens again, update the app.",
  checkIdle: "Find out whether calls can get through from here. It takes a few seconds.",
  checkRunning: "Asking the servers…",
  checkServers: "Servers",
  checkStop: "Stop",
  checkTitle: "Connection check",
  checkUnnamed: "A server without a usable address",
  "check.overall.good": "Calls can get through",
  "check.advice.good": "A relay works, so that calls connect where a direct path does not.",
  "check.overall.relay-only-tcp": "Calls can get through, but may stutter",
  "check.advice.relay-only-tcp":
    "A relay works, but not in the fast way. For better sound and picture, try another network.",
  "check.overall.loop-failed": "Calls may not get through",
  "check.advice.loop-failed":
    "A relay answers, but passes nothing on. Try another network. If it is the same there, tell who runs it.",
  "check.overall.no-relay": "Some calls may not get through",
  "check.advice.no-relay":
    "No relay works. Calls connect only where there is a direct path. The list says what to do.",
  "check.overall.unreachable": "No server answers",
  "check.advice.unreachable":
    "Check that you are online. If you are, turn off your VPN or try another network.",
  "check.overall.no-servers": "There is no server to ask",
  "check.advice.no-servers":
    "Calls connect only where there is a direct path. This app can be given servers in its settings.",
  "check.server.ok": "Works",
  "check.server.unreachable":
    "Cannot be reached. It may be down, or this network blocks it: try another one.",
  "check.server.name-not-found":
    "Its name was not found. Check that you are online, then its spelling.",
  "check.server.wrong-password":
    "It refused the password. Update it in the app, or ask who runs the server for a new one.",
  "check.server.no-relay": "It answers, but relays nothing. It may be full: try again later.",
  "check.server.timed-out":
    "No answer in time. It may be down, or this network blocks it: try another one.",
  "check.server.bad-url": "It cannot be asked. Correct the address in the app.",
  "check.transport.udp": "UDP",
  "check.transport.tcp": "TCP",
  "check.transport.tls": "TLS",
  "check.udp.open": "UDP, the fast way for sound and picture, is open",
  "check.udp.blocked":
    "This network seems to block UDP, the fast way for sound and picture. Try another network, or turn off your VPN.",
  "check.udp.unknown": "It is not known whether UDP, the fast way for sound and picture, is open",
  "check.loop.ok": "A test message came back through the relay",
  "check.loop.failed": "A test message through the relay did not come back",
  "check.loop.not-tried": "No test message was sent: there is no relay that works",
} satisfies Partial<Words>;
