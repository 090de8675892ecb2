import { counted, type Locale } from "./locale.ts";

/* prettier-ignore */
const signs: readonly string[] = [
  "Olifant", "Schildpad", "Inktvis", "Slak", "Honingbij", "Vlinder", "Dolfijn", "Kameel",
  "Eend", "Krab", "Slang", "Cactus", "Paddenstoel", "Zonnebloem", "Dennenboom", "Roos",
  "Blad", "Appel", "Banaan", "Druiven", "Kersen", "Citroen", "Wortel", "Hamburger",
  "Brood", "Ei", "Pizza", "Taart", "Donut", "Lolly", "Koffie", "Regenboog",
  "Bliksem", "Maan", "Ster", "Vuur", "Vulkaan", "Paraplu", "Zeilboot", "Sleutel",
  "Hamer", "Anker", "Bel", "Ballon", "Cadeau", "Hoed", "Kroon", "Bril",
  "Schoen", "Boek", "Klok", "Gloeilamp", "Gitaar", "Trompet", "Trommel", "Dobbelsteen",
  "Voetbal", "Fiets", "Bus", "Trein", "Raket", "Tent", "Huis", "Diamant",
];

const kind = (media: "audio" | "video") => (media === "video" ? "video-oproep" : "audio-oproep");
const Kind = (media: "audio" | "video") => (media === "video" ? "Video-oproep" : "Audio-oproep");

/** Dutch. */
const locale: Locale = {
  $code: "nl",
  $name: "Nederlands",
  $dir: "ltr",

  accept: "Opnemen",
  acceptAudio: "Opnemen met audio",
  acceptVideo: "Opnemen met video",
  acceptEndsCall: "Als je opneemt, eindigt je huidige gesprek.",
  addressHidden: (name) => `De relay ziet je IP-adres, ${name} niet.`,
  addressMayBeKnown: (name) => `Misschien kent ${name} je IP-adres toch.`,
  addressShown: (name) => `${name} kan je IP-adres zien.`,
  addressWarning: (name) => `Een rechtstreeks gesprek toont je IP-adres aan ${name}.`,
  deviceBusy: (device) =>
    device === "camera"
      ? "Je camera start niet. Misschien gebruikt een andere app hem."
      : device === "microphone"
        ? "Je microfoon start niet. Misschien gebruikt een andere app hem."
        : "Schermdelen start niet. Misschien gebruikt een andere app het.",
  audio: "Audio",
  callAgain: "Opnieuw bellen",
  callBack: "Terugbellen",
  callBackTo: (name) => `${name} terugbellen`,
  callWith: (name) => `Gesprek met ${name}`,
  calling: "Bellen…",
  deviceBlocked: (device) =>
    device === "camera"
      ? "Je camera is geblokkeerd. Sta hem toe in de instellingen van de app of browser."
      : device === "microphone"
        ? "Je microfoon is geblokkeerd. Sta hem toe in de instellingen van de app of browser."
        : "Schermdelen is geblokkeerd. Sta het toe in de instellingen van de app of browser.",
  cipher: "Versleutelmethode",
  close: "Sluiten",
  codeLong: "Lange code tonen",
  codeMatch: "Ze zijn gelijk",
  codeNoMatch: "Niet gelijk",
  codeNoMatchTip: "Beëindigt het gesprek",
  codeShort: "Korte code tonen",
  connected: "Verbonden",
  connecting: "Verbinden…",
  controls: "Bediening van het gesprek",
  decline: "Weigeren",
  deviceFailed: (device) =>
    device === "camera"
      ? "Je camera is niet gestart. Probeer het opnieuw."
      : device === "microphone"
        ? "Je microfoon is niet gestart. Probeer het opnieuw."
        : "Schermdelen is niet gestart. Probeer het opnieuw.",
  deviceMissing: (device) =>
    device === "screen"
      ? "Er is geen scherm om te delen."
      : device === "camera"
        ? "Geen camera gevonden. Sluit er een aan."
        : "Geen microfoon gevonden. Sluit er een aan.",
  duration: (spoken) => `Duur: ${spoken}`,
  emojiName: (number) => signs[number] ?? "",
  encrypted: "Versleuteld",
  endsIn: counted("nl", {
    one: "Het gesprek eindigt over # seconde.",
    other: "Het gesprek eindigt over # seconden.",
  }),
  endAndAccept: "Ophangen en opnemen",
  endAndAcceptAudio: "Ophangen en opnemen met audio",
  endAndAcceptVideo: "Ophangen en opnemen met video",
  endCall: "Ophangen",
  flipCamera: "Camera wisselen",
  fromThem: (name) => `Van ${name}`,
  fromYou: "Van jou",
  heldCall: (name) => `${name} in de wacht`,
  heldByThem: (name) => `${name} heeft je in de wacht gezet`,
  hideAddress: "Mijn adres verbergen",
  historyAll: "Alle",
  historyEmpty: "Nog geen oproepen",
  historyFilter: "Welke oproepen tonen",
  historyMissed: "Gemist",
  historyNoDate: "Datum onbekend",
  historyNoneMissed: "Geen gemiste oproepen",
  historyOngoing: (media) => `${Kind(media)} bezig`,
  holdAndAccept: "In de wacht en opnemen",
  holdAndAcceptAudio: "In de wacht en opnemen met audio",
  holdAndAcceptVideo: "In de wacht en opnemen met video",
  ignore: "Stil",
  ignoreTip: "Stopt het rinkelen zonder dat de beller het merkt",
  incoming: (media) => `Inkomende ${kind(media)}`,
  incomingFrom: (media, name) => `Inkomende ${kind(media)} van ${name}`,
  lastCallLost: "Je hebt dit gesprek net verlaten.",
  microphone: "Microfoon",
  camera: "Camera",
  screen: "Scherm delen",
  muteMicrophone: "Microfoon uitzetten",
  unmuteMicrophone: "Microfoon aanzetten",
  cameraOff: "Camera uitzetten",
  cameraOn: "Camera aanzetten",
  screenStart: "Je scherm delen",
  screenStop: "Stoppen met je scherm delen",
  stopSharing: "Stoppen met delen",
  notNow: "Niet nu",
  onHold: "In de wacht",
  pageBadCall: "Dit gesprek kon niet worden gelezen. Bel opnieuw, of vraag het de ander.",
  pageNoApp: "Deze pagina hoort bij een berichtenapp die er niet is. Open het gesprek van daaruit.",
  pageNoCall: "Er is hier geen gesprek. Begin er een in je berichtenapp.",
  path: "Route",
  pathDirect: "Rechtstreeks",
  pictureReduced: "Je beeld is kleiner om data te besparen",
  picturePaused: "Je beeld is gepauzeerd: de verbinding is te zwak",
  pathUnknown: "Nog niet bekend",
  reconnecting: "Opnieuw verbinden…",
  refusedCode: (name) => `Volgens ${name} zijn de beveiligingscodes niet gelijk`,
  relayed: "Via een relay",
  remoteCameraOff: () => "Camera staat uit",
  remoteMuted: (name) => `De microfoon van ${name} staat uit`,
  resume: "Hervatten",
  resumeCall: "Gesprek hervatten",
  resumeCallWith: (name) => `Gesprek met ${name} hervatten`,
  returnToCall: "Terug naar gesprek",
  ringing: "Gaat over…",
  secondCall: (media) => `Tweede ${kind(media)}`,
  security: "Beveiliging van dit gesprek",
  securityCode: "Beveiligingscode",
  selfView: "Je camera",
  selfViewMuted: "Je camera. Je microfoon staat uit",
  sharing: "Je deelt je scherm",
  since: "Sinds",
  stalledReceiving: (name) => `Nu geen geluid of beeld van ${name}`,
  stalledSending: (name) => `${name} kan je nu niet horen of zien`,
  starting: "Starten…",
  swap: "Wisselen",
  swapTo: (name) => `Wisselen naar het gesprek met ${name}`,
  bringBack: "Terughalen",
  cameraBlack: "Je camera laat niets zien. Is hij afgedekt?",
  inOwnWindow: "Het gesprek staat in een eigen venster",
  microphoneSilent: "We horen je microfoon niet",
  movePicture: "Verplaats het met de pijltjestoetsen",
  pictureOf: (name) => `Beeld van ${name}`,
  tapToHear: "Tik om te horen",
  transportCipher: "Transportversleuteling",
  unknownContact: "Onbekend contact",
  video: "Video",
  youAreMuted: "Je microfoon staat uit",
  deviceInterrupted: (device) =>
    device === "camera"
      ? "Het systeem heeft je camera onderbroken. Die komt vanzelf terug."
      : "Het systeem heeft je microfoon onderbroken. Die komt vanzelf terug.",
  remoteInterrupted: (device, name) =>
    device === "camera"
      ? `De camera van ${name} is onderbroken`
      : `De microfoon van ${name} is onderbroken`,
  remoteElsewhere: (name) => `${name} is misschien in een ander gesprek`,
  callVolume: "Gespreksvolume",
  screenVolume: "Volume van het gedeelde scherm",
  chooseSpeaker: "Luidspreker kiezen…",
  testSpeaker: "Testtoon afspelen",
  pauseSharing: "Delen pauzeren",
  resumeSharing: "Delen hervatten",
  sharingPaused: "Delen is gepauzeerd",
  sharingSilent: "Gedeeld zonder geluid: aan de andere kant zou het een echo geven",
  remoteSharingPaused: (name) => `${name} heeft het delen gepauzeerd`,
  shareOther: "Iets anders delen",

  check: "Verbinding testen",
  checkAgain: "Opnieuw testen",
  checkFailed: "De test kon niet worden uitgevoerd",
  checkFailedAdvice: "Probeer het opnieuw. Gebeurt het weer, werk dan de app bij.",
  checkIdle: "Kijk of gesprekken er vanaf hier doorheen komen. Dat duurt een paar seconden.",
  checkRunning: "Servers worden gevraagd…",
  checkServers: "Serverlijst",
  checkStop: "Stoppen",
  checkTitle: "Verbindingstest",
  checkUnnamed: "Een server zonder bruikbaar adres",
  "check.overall.good": "Gesprekken komen erdoor",
  "check.advice.good":
    "Er werkt een relay: gesprekken komen ook tot stand als er geen rechtstreekse route is.",
  "check.overall.relay-only-tcp": "Gesprekken komen erdoor, maar kunnen haperen",
  "check.advice.relay-only-tcp":
    "Er werkt een relay, maar niet via de snelle weg. Probeer een ander netwerk voor beter geluid en beeld.",
  "check.overall.loop-failed": "Gesprekken komen er misschien niet door",
  "check.advice.loop-failed":
    "Een relay antwoordt, maar geeft niets door. Probeer een ander netwerk. Blijft het zo, meld het dan aan de beheerder.",
  "check.overall.no-relay": "Sommige gesprekken komen er misschien niet door",
  "check.advice.no-relay":
    "Er werkt geen relay. Gesprekken komen alleen via een rechtstreekse route tot stand. In de lijst staat wat je kunt doen.",
  "check.overall.unreachable": "Geen enkele server antwoordt",
  "check.advice.unreachable":
    "Controleer of je online bent. Zo ja, zet dan de VPN uit of probeer een ander netwerk.",
  "check.overall.no-servers": "Er is geen server om te vragen",
  "check.advice.no-servers":
    "Gesprekken komen alleen via een rechtstreekse route tot stand. Servers toevoegen kan in de instellingen van de app.",
  "check.server.ok": "Werkt",
  "check.server.unreachable":
    "Niet bereikbaar. Misschien ligt hij eruit of blokkeert dit netwerk hem: probeer een ander netwerk.",
  "check.server.name-not-found":
    "De naam is niet gevonden. Controleer of je online bent en daarna de spelling.",
  "check.server.wrong-password":
    "Heeft het wachtwoord geweigerd. Wijzig het in de app of vraag de beheerder van de server om een nieuw.",
  "check.server.no-relay":
    "Antwoordt, maar geeft niets door. Misschien is hij vol: probeer het later opnieuw.",
  "check.server.timed-out":
    "Antwoordde niet op tijd. Misschien ligt hij eruit of blokkeert dit netwerk hem: probeer een ander netwerk.",
  "check.server.bad-url": "Kan niet worden gevraagd. Verbeter het adres in de app.",
  "check.transport.udp": "UDP",
  "check.transport.tcp": "TCP",
  "check.transport.tls": "TLS",
  "check.udp.open": "UDP, de snelle weg voor geluid en beeld, is open",
  "check.udp.blocked":
    "Dit netwerk lijkt UDP te blokkeren, de snelle weg voor geluid en beeld. Probeer een ander netwerk of zet de VPN uit.",
  "check.udp.unknown": "Het is niet bekend of UDP, de snelle weg voor geluid en beeld, open is",
  "check.loop.ok": "Een testbericht kwam terug via de relay",
  "check.loop.failed": "Een testbericht via de relay kwam niet terug",
  "check.loop.not-tried": "Er is geen testbericht verstuurd: er werkt geen relay",

  deviceNumber: (number) => `Apparaat ${String(number)}`,
  devices: "Geluid en apparaten",
  wholePicture: "Hele beeld tonen",
  chooseMicrophone: "Microfoon kiezen",
  chooseCamera: "Camera kiezen",
  hidePeople: "Personen verbergen",
  screenOf: (name) => `Scherm van ${name}`,
  zoomIn: "Inzoomen",
  zoomOut: "Uitzoomen",
  fillScreen: "Scherm vullen",
  fullScreen: "Volledig scherm",
  holdCall: "In de wacht zetten",
  keySpace: "Spatie",
  microphoneLevel: "Microfoonniveau",
  more: "Meer",
  noDevices: "Geen apparaten gevonden. Sta eerst de microfoon toe.",
  noiseSuppression: "Ruisonderdrukking",
  pictureInPicture: "Zwevend venster",
  shortcuts: "Sneltoetsen",
  speaker: "Luidspreker",
  swapPictures: "Beelden omwisselen",
  systemSpeaker: "Systeemstandaard",
  tryAgain: "Opnieuw proberen",
  voiceIsolation: "Stemisolatie",
  backgroundBlur: "Achtergrond vervagen",
  text: "Tekst",
  textCut: "Oudere tekst is verwijderd",
  textGap: "Een deel van de tekst is niet aangekomen",
  textInput: "Je tekst",
  textKept: "Deze app bewaart wat hier wordt geschreven.",
  textLarge: "Grote tekst",
  textLive: "Verzenden tijdens het typen",
  textNew: (name) => `Nieuwe tekst van ${name}:`,
  textNotKept: "Na het gesprek wordt hiervan niets bewaard.",
  textSend: "Verzenden",
  textUnread: counted("nl", { one: "# nieuw bericht", other: "# nieuwe berichten" }),
  textUnsent: "Nog niet verzonden",
  textWith: (name) => `Tekst met ${name}`,
  textWriting: (name) => `${name} schrijft…`,
  textYou: "Jij",

  "shortcut.microphone": "Microfoon uit- of aanzetten",
  "shortcut.camera": "Camera aan- of uitzetten",
  "shortcut.screen": "Scherm delen of daarmee stoppen",
  "shortcut.hold": "In de wacht zetten of hervatten",
  "shortcut.talk": "Ingedrukt houden om te praten als de microfoon uitstaat",
  "shortcut.help": "Deze sneltoetsen tonen",
  "shortcut.close": "Sluiten wat open is",
  "permission.chrome-desktop":
    "Klik op het pictogram links van het adres en sta microfoon en camera toe. Zijn ze al toegestaan, kijk dan bij de privacy-instellingen van het systeem.",
  "permission.chrome-android":
    "Tik op het pictogram links van het adres, dan op Rechten, en sta microfoon en camera toe. De browser zelf heeft ze ook nodig in de instellingen van Android.",
  "permission.safari-ios":
    "Tik op het paginamenu naast het adres, dan op de website-instellingen, en sta microfoon en camera toe. Zijn ze al toegestaan, zoek dan Safari in de app Instellingen.",
  "permission.safari-mac":
    "Open het menu Safari, dan de instellingen voor deze website, en sta microfoon en camera toe. Zijn ze al toegestaan, kijk dan bij Systeeminstellingen, Privacy en beveiliging.",
  "permission.firefox":
    "Klik op het doorgestreepte symbool naast het adres en hef de blokkering op. Staat het er niet, kijk dan bij de privacy-instellingen van het systeem.",
  "permission.edge":
    "Klik op het slotje links van het adres en sta microfoon en camera toe. Zijn ze al toegestaan, kijk dan bij de privacy-instellingen van het systeem.",
  "permission.webview-android":
    "Open de instellingen van Android, Apps, deze app, Rechten. Sta daar microfoon en camera toe.",
  "permission.webview-ios":
    "Open de app Instellingen en kies deze app. Zet daar microfoon en camera aan.",
  "permission.other":
    "Sta microfoon en camera toe in de instellingen van deze app of browser. Kijk ook bij de privacy-instellingen van het systeem.",

  "reconnecting.wait": () => "De verbinding is weggevallen. Misschien komt ze vanzelf terug.",
  "reconnecting.ask": (name) =>
    `De verbinding is weggevallen. We vragen ${name} om een nieuwe route.`,
  "reconnecting.check": () => "De verbinding is weggevallen. We proberen nieuwe routes.",
  "stuck.no-proof": (name) => `De app van ${name} heeft zijn sleutels nog niet bewezen.`,
  "stuck.no-answer": (name) =>
    `Er is nog niets van ${name} gekomen. Misschien is de app aan de andere kant offline.`,
  "stuck.no-remote-addresses": (name) =>
    `${name} heeft geantwoord, maar zonder adres om mee te verbinden.`,
  "stuck.no-addresses": () =>
    "Dit apparaat heeft geen netwerkadres om aan te bieden. Controleer of je online bent.",
  "stuck.server-password": (_name, server) =>
    `De server ${server} heeft het wachtwoord geweigerd. Wijzig het in de app.`,
  "stuck.server-unreachable": (_name, server) =>
    `De server ${server} antwoordt niet. Probeer een ander netwerk.`,
  "stuck.needs-relay": (name) =>
    `Geen rechtstreekse route naar ${name} gevonden, en de app noemt geen relay.`,
  "stuck.no-path": (name) => `Geen route naar ${name} gevonden, ook niet via de relay.`,
  "quality.0": "Er komt niets binnen",
  "quality.1": "Zeer zwakke verbinding",
  "quality.2": "Zwakke verbinding",
  "quality.3": "Redelijke verbinding",
  "quality.4": "Goede verbinding",
  "weak.sending": (name) => `Zwakke verbinding: ${name} hoort of ziet je misschien slecht`,
  "weak.receiving": (name) => `Zwakke verbinding: ${name} is misschien slecht te horen of te zien`,
  "step.devices": () => "Je apparaten openen…",
  "step.keys": () => "Gesprek beveiligen…",
  "step.path": () => "Verbinden…",
  "step.security": () => "Versleuteling controleren…",

  "protection.none": "Wachten op versleutelde gegevens",
  "protection.protected": "End-to-end versleuteld",
  "protection.verified": "Versleuteld en geverifieerd",
  "protection.one-way": "Tot nu toe in één richting versleuteld",
  "protection.stalled": "De versleutelde gegevens staan stil",
  "protection.tampered": "Misschien knoeit iemand met dit gesprek",
  "protection.compatible": "Versleuteld, compatibele modus",
  "protection.transport": "Versleuteld tussen de apparaten",
  "protection.unencrypted": "Niet end-to-end versleuteld",
  "about.none": "Er is nog niets gemeten.",
  "about.protected": "Vergelijk de beveiligingscode om zeker te weten dat niemand meeluistert.",
  "about.verified": "Verzegeld op het ene apparaat, geopend op het andere.",
  "about.one-way": "In de andere richting is nog niets versleutelds geteld.",
  "about.stalled":
    "Het was in beide richtingen versleuteld. Nu komt er in één of beide richtingen niets door.",
  "about.tampered": "Gewijzigd geluid of beeld is geblokkeerd. Hang op als het doorgaat.",
  "about.compatible":
    "Versleuteld zoals de andere app het doet. Dat beschermt minder en er is geen code om te vergelijken.",
  "about.transport":
    "Onderweg kan niemand meeluisteren, zolang de sleutels kloppen die je berichtenapp heeft overgebracht. Er is geen code om te vergelijken.",
  "about.unencrypted":
    "Je app heeft dit gesprek geen sleutel gegeven. Wie de relay beheert, kan meeluisteren. Dat blijft zo tot het gesprek eindigt.",
  "direction.none": "Nog niets",
  "direction.protected": "Versleuteld",
  "direction.stalled": "Nu niets",
  "direction.tampered": "Onderweg gewijzigd",
  "direction.compatible": "Compatibele modus",
  "direction.transport": "Versleuteld tussen de apparaten",
  "direction.unencrypted": "Niet end-to-end versleuteld",
  "frames.sealed": "Frames verzegeld",
  "frames.opened": "Frames geopend",
  "frames.duplicate": "Dubbel ontvangen",
  "frames.forged": "Vervalst, weggegooid",
  "code.none": "Verschijnt zodra beide kanten hebben bewezen dat ze dezelfde sleutels hebben.",
  "code.compare":
    "Lees hem elkaar voor. Hij moet op beide schermen gelijk zijn, in dezelfde volgorde.",
  "code.waiting": "Je hebt gezegd dat hij klopt. Wachten op de andere kant.",
  "code.verified": "Geverifieerd: jullie hebben allebei gezegd dat hij klopt.",
  "code.mismatch": "Je hebt gezegd dat hij niet klopt. Misschien luistert iemand mee.",
  "code.refused": "De andere kant heeft gezegd dat hij niet klopt. Hang op.",

  "ended.hung-up.local": () => "Je hebt opgehangen",
  "ended.hung-up.remote": (name) => `${name} heeft opgehangen`,
  "ended.hung-up.none": () => "Het gesprek is beëindigd",
  "ended.cancelled.local": () => "Je hebt de oproep geannuleerd",
  "ended.cancelled.remote": (name) => `${name} heeft de oproep geannuleerd`,
  "ended.cancelled.none": () => "De oproep is geannuleerd",
  "ended.declined.local": () => "Je hebt de oproep geweigerd",
  "ended.declined.remote": (name) => `${name} heeft de oproep geweigerd`,
  "ended.declined.none": () => "De oproep is geweigerd",
  "ended.busy.local": () => "Je was in een ander gesprek",
  "ended.busy.remote": (name) => `${name} is in een ander gesprek`,
  "ended.busy.none": () => "De lijn was bezet",
  "ended.unanswered.local": () => "Je hebt niet opgenomen",
  "ended.unanswered.remote": (name) => `${name} heeft niet opgenomen`,
  "ended.unanswered.none": () => "Niemand heeft opgenomen",
  "ended.failed.local": () => "Het gesprek is mislukt",
  "ended.failed.remote": (name) => `Het gesprek is mislukt aan de kant van ${name}`,
  "ended.failed.none": () => "Het gesprek is mislukt",
  "ended.answered-elsewhere.local": () => "Opgenomen op een ander apparaat",
  "ended.answered-elsewhere.remote": () => "Opgenomen op een ander apparaat",
  "ended.answered-elsewhere.none": () => "Opgenomen op een ander apparaat",

  "error.bad-signal": "Er is iets onverwachts ontvangen",
  "advice.bad-signal":
    "De andere app stuurde iets onverwachts. Werk beide apps bij en bel opnieuw.",
  "error.unsupported-version": "De twee apps passen niet bij elkaar",
  "advice.unsupported-version":
    "Ze gebruiken verschillende versies van het bellen. Werk beide apps bij en bel opnieuw.",
  "advice.too-large":
    "De andere app stuurde meer dan een gesprek nodig heeft. Werk beide apps bij en bel opnieuw.",
  "error.unknown-call": "Dit gesprek is beëindigd",
  "advice.unknown-call": "Misschien is het aan de andere kant beëindigd. Bel opnieuw.",
  "error.insecure": "Het gesprek was niet veilig",
  "advice.insecure":
    "De versleuteling kon niet worden geverifieerd, daarom is het beëindigd. Bel opnieuw, zo mogelijk via een ander netwerk.",
  "error.flooded": "Het gesprek werd overspoeld met berichten",
  "advice.flooded":
    "De andere app stuurde veel meer dan een gesprek nodig heeft, dus het is beëindigd. Bel opnieuw, of vraag hen hun app bij te werken.",
  "error.bad-frame": "Een deel van het gesprek kon niet worden ontsleuteld",
  "advice.bad-frame": "Het is weggegooid. Gebeurt het weer, bel dan opnieuw.",
  "error.code-mismatch": "De beveiligingscodes waren niet gelijk",
  "advice.code-mismatch":
    "Misschien luistert iemand mee. Vertrouw niet op wat er is gezegd en vraag het op een andere manier na voordat je weer belt.",
  "error.unprotected": "Het gesprek is gestopt om je te beschermen",
  "advice.unprotected":
    "Er was geluid of beeld dat niet goed was versleuteld. Werk de app bij en bel opnieuw.",
  "error.encryption-lost": "De versleuteling werkte niet meer",
  "advice.encryption-lost":
    "Het gesprek is beëindigd voordat er iets onversleuteld naar buiten ging. Bel opnieuw.",
  "error.encryption-unsupported": "Versleutelde gesprekken werken hier niet",
  "advice.encryption-unsupported":
    "Er is niets verstuurd. Werk de app of browser bij, of gebruik een ander apparaat.",
  "error.webrtc-unsupported": "Deze app kan niet bellen",
  "advice.webrtc-unsupported": "Werk de app of browser bij, of gebruik een ander apparaat.",
  "error.permission-denied": "De microfoon of camera is geblokkeerd",
  "advice.permission-denied":
    "Sta beide toe in de instellingen van de app of browser en bel opnieuw.",
  "error.device-not-found": "Geen microfoon of camera gevonden",
  "advice.device-not-found": "Sluit er een aan en bel opnieuw.",
  "error.device-busy": "De microfoon of camera start niet",
  "advice.device-busy": "Misschien gebruikt een andere app hem. Sluit die en bel opnieuw.",
  connectionLost: "De verbinding is verbroken",
  "error.connection-failed": "Er was geen verbinding mogelijk",
  "advice.connection-failed": "Bel opnieuw.",
  "error.timed-out": "Het verbinden duurde te lang",
  "error.not-possible": "Dit kan nu niet",
  "advice.not-possible": "Beëindig eerst het andere gesprek en bel opnieuw.",
  "error.bad-argument": "Het gesprek kon niet starten",
  "advice.bad-argument":
    "Deze app vroeg iets wat gesprekken niet hebben. Werk de app bij en bel opnieuw.",
  "error.internal": "Er ging iets mis in het gesprek",
  "advice.internal": "Bel opnieuw. Gebeurt het weer, start dan de app opnieuw.",

  "history.completed.outgoing": (media) => `Uitgaande ${kind(media)}`,
  "history.completed.incoming": (media) => `Inkomende ${kind(media)}`,
  "history.missed.outgoing": (media) => `${Kind(media)} niet opgenomen`,
  "history.missed.incoming": (media) => `Gemiste ${kind(media)}`,
  "history.declined.outgoing": (media) => `${Kind(media)} werd geweigerd`,
  "history.declined.incoming": (media) => `Geweigerde ${kind(media)}`,
  "history.cancelled.outgoing": (media) => `Geannuleerde ${kind(media)}`,
  "history.cancelled.incoming": (media) => `${Kind(media)} werd geannuleerd`,
  "history.busy.outgoing": (media) => `${Kind(media)}: lijn was bezet`,
  "history.busy.incoming": (media) => `${Kind(media)} tijdens een ander gesprek`,
  "history.unanswered.outgoing": (media) => `${Kind(media)}: geen antwoord`,
  "history.unanswered.incoming": (media) => `Gemiste ${kind(media)}`,
  "history.failed.outgoing": (media) => `${Kind(media)} mislukt`,
  "history.failed.incoming": (media) => `Inkomende ${kind(media)} mislukt`,
  "history.answered-elsewhere.outgoing": (media) => `${Kind(media)} op een ander apparaat`,
  "history.answered-elsewhere.incoming": (media) =>
    `${Kind(media)} opgenomen op een ander apparaat`,

  back: "Terug",
  declineWithText: "Weigeren met bericht",
  ownText: "Je eigen bericht",
  sendAndDecline: "Sturen en weigeren",
  says: (name) => `${name}:`,

  noteAgain: "Opnieuw opnemen",
  noteDiscard: "Weggooien",
  noteFailed: "Er is niets opgenomen. Probeer het opnieuw.",
  noteInterrupted:
    "Er kwam een oproep binnen, dus de opname is gestopt. Controleer het bericht voordat je het stuurt.",
  noteLimit: "De twee minuten zijn om. Controleer het bericht voordat je het stuurt.",
  noteNotPlayed: "Deze pagina kan het bericht niet afspelen. Je kunt het wel sturen.",
  notePause: "Pauzeren",
  notePlay: "Afspelen",
  noteRecorded: "Controleer het bericht voordat je het stuurt.",
  noteRecording: "Bezig met opnemen",
  noteSend: "Bericht sturen",
  noteSent: "Je bericht is onderweg",
  noteStop: "Opname stoppen",
  noteVideo: "Videobericht achterlaten",
  noteVoice: "Spraakbericht achterlaten",

  receipt: "Bijzonderheden",
  receiptByNone: "Geen van beide kanten",
  receiptByThem: "De andere kant",
  receiptByYou: "Jij",
  receiptData: "Dataverbruik",
  receiptDuration: "Duur",
  receiptEnd: "Beëindigd door",
  receiptGaps: "Onderbrekingen",
  receiptNotVerified: "Niet vergeleken",
  receiptProtected: "Versleuteld in beide richtingen",
};

export default locale;
