import { counted, type Locale } from "./locale.ts";

/* prettier-ignore */
const signs: readonly string[] = [
  "Elefante", "Tartaruga", "Polpo", "Lumaca", "Ape", "Farfalla", "Delfino", "Dromedario",
  "Anatra", "Granchio", "Serpente", "Cactus", "Fungo", "Girasole", "Pino", "Rosa",
  "Foglia", "Mela", "Banana", "Uva", "Ciliegie", "Limone", "Carota", "Hamburger",
  "Pane", "Uovo", "Pizza", "Torta", "Ciambella", "Lecca-lecca", "Caffè", "Arcobaleno",
  "Fulmine", "Luna", "Stella", "Fuoco", "Vulcano", "Ombrello", "Veliero", "Chiave",
  "Martello", "Ancora", "Campana", "Palloncino", "Regalo", "Cappello", "Corona", "Occhiali",
  "Scarpa", "Libro", "Orologio", "Lampadina", "Chitarra", "Tromba", "Tamburo", "Dado",
  "Calcio", "Bicicletta", "Autobus", "Treno", "Razzo", "Tenda", "Casa", "Diamante",
];

const kind = (media: "audio" | "video") => (media === "video" ? "videochiamata" : "chiamata audio");
const Kind = (media: "audio" | "video") => (media === "video" ? "Videochiamata" : "Chiamata audio");

/** Italian. */
const locale: Locale = {
  $code: "it",
  $name: "Italiano",
  $dir: "ltr",

  accept: "Accetta",
  acceptAudio: "Accetta con audio",
  acceptVideo: "Accetta con video",
  acceptEndsCall: "Se accetti, la chiamata in corso termina.",
  addressHidden: (name) => `Il relay vede il tuo indirizzo IP, ${name} no.`,
  addressMayBeKnown: (name) => `${name} potrebbe comunque conoscere il tuo indirizzo IP.`,
  addressShown: (name) => `${name} può vedere il tuo indirizzo IP.`,
  addressWarning: (name) => `Una chiamata diretta mostra il tuo indirizzo IP a ${name}.`,
  deviceBusy: (device) =>
    device === "camera"
      ? "La fotocamera non si avvia. Forse la usa un’altra app."
      : device === "microphone"
        ? "Il microfono non si avvia. Forse lo usa un’altra app."
        : "La condivisione dello schermo non si avvia. Forse la usa un’altra app.",
  audio: "Audio",
  callAgain: "Chiama di nuovo",
  callBack: "Richiama",
  callBackTo: (name) => `Richiama ${name}`,
  callWith: (name) => `Chiamata con ${name}`,
  calling: "Chiamata in corso…",
  deviceBlocked: (device) =>
    device === "camera"
      ? "La fotocamera è bloccata. Consentila nelle impostazioni dell’app o del browser."
      : device === "microphone"
        ? "Il microfono è bloccato. Consentilo nelle impostazioni dell’app o del browser."
        : "La condivisione dello schermo è bloccata. Consentila nelle impostazioni dell’app o del browser.",
  cipher: "Cifrario",
  close: "Chiudi",
  codeLong: "Mostra il codice lungo",
  codeMatch: "Coincidono",
  codeNoMatch: "Non coincidono",
  codeNoMatchTip: "Termina la chiamata",
  codeShort: "Mostra il codice breve",
  connected: "Connessa",
  connecting: "Connessione…",
  controls: "Comandi della chiamata",
  decline: "Rifiuta",
  deviceFailed: (device) =>
    device === "camera"
      ? "La fotocamera non si è avviata. Riprova."
      : device === "microphone"
        ? "Il microfono non si è avviato. Riprova."
        : "La condivisione dello schermo non si è avviata. Riprova.",
  deviceMissing: (device) =>
    device === "screen"
      ? "Non c’è nessuno schermo da condividere."
      : device === "camera"
        ? "Nessuna fotocamera trovata. Collegane una."
        : "Nessun microfono trovato. Collegane uno.",
  duration: (spoken) => `Durata: ${spoken}`,
  emojiName: (number) => signs[number] ?? "",
  encrypted: "Crittografata",
  endsIn: counted("it", {
    one: "La chiamata termina tra # secondo.",
    other: "La chiamata termina tra # secondi.",
  }),
  endAndAccept: "Termina e accetta",
  endAndAcceptAudio: "Termina e accetta con audio",
  endAndAcceptVideo: "Termina e accetta con video",
  endCall: "Termina",
  flipCamera: "Cambia fotocamera",
  fromThem: (name) => `Da ${name}`,
  fromYou: "Da te",
  heldCall: (name) => `${name} in attesa`,
  heldByThem: (name) => `${name} ti ha messo in attesa`,
  hideAddress: "Nascondi il mio indirizzo",
  historyAll: "Tutte",
  historyEmpty: "Ancora nessuna chiamata",
  historyFilter: "Quali chiamate mostrare",
  historyMissed: "Perse",
  historyNoDate: "Data sconosciuta",
  historyNoneMissed: "Nessuna chiamata persa",
  historyOngoing: (media) => `${Kind(media)} in corso`,
  holdAndAccept: "Metti in attesa e accetta",
  holdAndAcceptAudio: "Metti in attesa e accetta con audio",
  holdAndAcceptVideo: "Metti in attesa e accetta con video",
  ignore: "Silenzia",
  ignoreTip: "Smette di squillare senza avvisare chi chiama",
  incoming: (media) => `${Kind(media)} in arrivo`,
  incomingFrom: (media, name) => `${Kind(media)} in arrivo da ${name}`,
  lastCallLost: "Hai lasciato questa chiamata poco fa.",
  microphone: "Microfono",
  camera: "Fotocamera",
  screen: "Condividi schermo",
  muteMicrophone: "Disattiva il microfono",
  unmuteMicrophone: "Attiva il microfono",
  cameraOff: "Disattiva la fotocamera",
  cameraOn: "Attiva la fotocamera",
  screenStart: "Condividi il tuo schermo",
  screenStop: "Interrompi la condivisione dello schermo",
  stopSharing: "Interrompi",
  notNow: "Non ora",
  onHold: "In attesa",
  pageBadCall:
    "Non è stato possibile leggere la chiamata. Richiama, o chiedi all’altra persona di farlo.",
  pageNoApp: "Questa pagina appartiene a un’app di messaggi che non c’è. Apri la chiamata da lì.",
  pageNoCall: "Qui non c’è nessuna chiamata. Avviane una dalla tua app di messaggi.",
  path: "Percorso",
  pathDirect: "Diretto",
  pictureReduced: "La tua immagine è più piccola per risparmiare dati",
  picturePaused: "La tua immagine è in pausa: la connessione è troppo debole",
  pathUnknown: "Non ancora noto",
  reconnecting: "Riconnessione…",
  refusedCode: (name) => `${name} ha detto che i codici di sicurezza non coincidono`,
  relayed: "Tramite un relay",
  remoteCameraOff: () => "La fotocamera è disattivata",
  remoteMuted: (name) => `Il microfono di ${name} è disattivato`,
  resume: "Riprendi",
  resumeCall: "Riprendi la chiamata",
  resumeCallWith: (name) => `Riprendi la chiamata con ${name}`,
  returnToCall: "Torna alla chiamata",
  ringing: "Sta squillando…",
  secondCall: (media) => `Seconda ${kind(media)}`,
  security: "Sicurezza di questa chiamata",
  securityCode: "Codice di sicurezza",
  selfView: "La tua fotocamera",
  selfViewMuted: "La tua fotocamera. Il tuo microfono è disattivato",
  sharing: "Stai condividendo lo schermo",
  since: "Da",
  stalledReceiving: (name) => `Al momento niente audio e niente video da ${name}`,
  stalledSending: (name) => `Al momento ${name} non può sentirti né vederti`,
  starting: "Avvio…",
  swap: "Scambia",
  swapTo: (name) => `Passa alla chiamata con ${name}`,
  bringBack: "Riporta qui",
  cameraBlack: "La tua fotocamera non mostra nulla. È coperta?",
  inOwnWindow: "La chiamata è in una finestra separata",
  microphoneSilent: "Il tuo microfono non si sente",
  movePicture: "Spostala con i tasti freccia",
  pictureOf: (name) => `Immagine di ${name}`,
  tapToHear: "Tocca per ascoltare",
  transportCipher: "Cifratura del trasporto",
  unknownContact: "Contatto sconosciuto",
  video: "Video",
  youAreMuted: "Il tuo microfono è disattivato",
  deviceInterrupted: (device) =>
    device === "camera"
      ? "Il sistema ha sospeso la tua fotocamera. Tornerà da sola."
      : "Il sistema ha sospeso il tuo microfono. Tornerà da solo.",
  remoteInterrupted: (device, name) =>
    device === "camera"
      ? `La fotocamera di ${name} è interrotta`
      : `Il microfono di ${name} è interrotto`,
  remoteElsewhere: (name) => `Forse ${name} è in un’altra chiamata`,
  callVolume: "Volume della chiamata",
  screenVolume: "Volume dello schermo condiviso",
  chooseSpeaker: "Scegli l’altoparlante…",
  testSpeaker: "Riproduci un suono di prova",
  pauseSharing: "Sospendi la condivisione",
  resumeSharing: "Riprendi la condivisione",
  sharingPaused: "La condivisione è sospesa",
  sharingSilent: "Condiviso senza audio: dall’altra parte si sentirebbe un’eco",
  remoteSharingPaused: (name) => `${name} ha sospeso la condivisione`,
  shareOther: "Condividi altro",

  check: "Verifica connessione",
  checkAgain: "Verifica di nuovo",
  checkFailed: "Non è stato possibile eseguire la verifica",
  checkFailedAdvice: "Riprova. Se succede ancora, aggiorna l’app.",
  checkIdle: "Scopri se da qui le chiamate possono passare. Bastano pochi secondi.",
  checkRunning: "Richiesta ai server…",
  checkServers: "Server",
  checkStop: "Interrompi",
  checkTitle: "Verifica della connessione",
  checkUnnamed: "Un server senza indirizzo utilizzabile",
  "check.overall.good": "Le chiamate possono passare",
  "check.advice.good":
    "Un relay funziona: le chiamate si connettono anche senza un percorso diretto.",
  "check.overall.relay-only-tcp": "Le chiamate passano, ma possono andare a scatti",
  "check.advice.relay-only-tcp":
    "Un relay funziona, ma non per la via veloce. Per suono e immagine migliori, prova un’altra rete.",
  "check.overall.loop-failed": "Le chiamate potrebbero non passare",
  "check.advice.loop-failed":
    "Un relay risponde, ma non trasmette nulla. Prova un’altra rete. Se il risultato è lo stesso, avvisa chi lo gestisce.",
  "check.overall.no-relay": "Alcune chiamate potrebbero non passare",
  "check.advice.no-relay":
    "Nessun relay funziona. Le chiamate si connettono solo per un percorso diretto. L’elenco dice cosa fare.",
  "check.overall.unreachable": "Nessun server risponde",
  "check.advice.unreachable":
    "Controlla di essere online. Se lo sei, disattiva la VPN o prova un’altra rete.",
  "check.overall.no-servers": "Non c’è nessun server da interrogare",
  "check.advice.no-servers":
    "Le chiamate si connettono solo per un percorso diretto. Nelle impostazioni dell’app si possono aggiungere server.",
  "check.server.ok": "Funziona",
  "check.server.unreachable":
    "Non raggiungibile. Potrebbe essere spento o bloccato da questa rete: provane un’altra.",
  "check.server.name-not-found":
    "Il suo nome non è stato trovato. Controlla di essere online, poi come è scritto.",
  "check.server.wrong-password":
    "Ha rifiutato la password. Cambiala nell’app o chiedine una nuova a chi gestisce il server.",
  "check.server.no-relay":
    "Risponde, ma non inoltra nulla. Potrebbe essere pieno: riprova più tardi.",
  "check.server.timed-out":
    "Non ha risposto in tempo. Potrebbe essere spento o bloccato da questa rete: provane un’altra.",
  "check.server.bad-url": "Non può essere interrogato. Correggi l’indirizzo nell’app.",
  "check.transport.udp": "UDP",
  "check.transport.tcp": "TCP",
  "check.transport.tls": "TLS",
  "check.udp.open": "UDP, la via veloce per suono e immagine, è aperta",
  "check.udp.blocked":
    "Questa rete sembra bloccare UDP, la via veloce per suono e immagine. Prova un’altra rete o disattiva la VPN.",
  "check.udp.unknown": "Non si sa se UDP, la via veloce per suono e immagine, è aperta",
  "check.loop.ok": "Un messaggio di prova è tornato attraverso il relay",
  "check.loop.failed": "Un messaggio di prova attraverso il relay non è tornato",
  "check.loop.not-tried": "Nessun messaggio di prova inviato: nessun relay funziona",

  deviceNumber: (number) => `Dispositivo ${String(number)}`,
  devices: "Altoparlante e dispositivi",
  wholePicture: "Mostra l’immagine intera",
  chooseMicrophone: "Scegli il microfono",
  chooseCamera: "Scegli la fotocamera",
  hidePeople: "Nascondi le persone",
  screenOf: (name) => `Schermo di ${name}`,
  zoomIn: "Ingrandisci",
  zoomOut: "Riduci",
  fillScreen: "Riempi lo schermo",
  fullScreen: "Schermo intero",
  holdCall: "Metti in attesa",
  keySpace: "Spazio",
  microphoneLevel: "Livello del microfono",
  more: "Altro",
  noDevices: "Nessun dispositivo trovato. Consenti prima il microfono.",
  noiseSuppression: "Riduzione del rumore",
  pictureInPicture: "Finestra mobile",
  shortcuts: "Scorciatoie da tastiera",
  speaker: "Altoparlante",
  swapPictures: "Scambia le immagini",
  systemSpeaker: "Predefinito del sistema",
  tryAgain: "Riprova",
  voiceIsolation: "Isolamento vocale",
  backgroundBlur: "Sfoca lo sfondo",
  text: "Testo",
  textCut: "Il testo più vecchio è stato rimosso",
  textGap: "Parte del testo non è arrivata",
  textInput: "Il tuo testo",
  textKept: "Questa app conserva ciò che si scrive qui.",
  textLarge: "Testo grande",
  textLive: "Invia mentre scrivo",
  textNew: (name) => `Nuovo testo da ${name}:`,
  textNotKept: "Alla fine della chiamata non resta nulla di tutto questo.",
  textSend: "Invia",
  textUnread: counted("it", { one: "# nuovo messaggio", other: "# nuovi messaggi" }),
  textUnsent: "Non ancora inviato",
  textWith: (name) => `Testo con ${name}`,
  textWriting: (name) => `${name} sta scrivendo…`,
  textYou: "Tu",

  "shortcut.microphone": "Attivare o disattivare il microfono",
  "shortcut.camera": "Attivare o disattivare la fotocamera",
  "shortcut.screen": "Condividere lo schermo o smettere",
  "shortcut.hold": "Mettere in attesa o riprendere",
  "shortcut.talk": "Tenere premuto per parlare a microfono disattivato",
  "shortcut.help": "Mostrare queste scorciatoie",
  "shortcut.close": "Chiudere ciò che è aperto",
  "permission.chrome-desktop":
    "Fai clic sull’icona a sinistra dell’indirizzo e consenti microfono e fotocamera. Se sono già consentiti, guarda nelle impostazioni di privacy del sistema.",
  "permission.chrome-android":
    "Tocca l’icona a sinistra dell’indirizzo, poi Autorizzazioni, e consenti microfono e fotocamera. Servono anche al browser stesso, nelle impostazioni di Android.",
  "permission.safari-ios":
    "Tocca il menu della pagina accanto all’indirizzo, poi le impostazioni del sito web, e consenti microfono e fotocamera. Se sono già consentiti, cerca Safari nell’app Impostazioni.",
  "permission.safari-mac":
    "Apri il menu Safari, poi le impostazioni di questo sito web, e consenti microfono e fotocamera. Se sono già consentiti, guarda in Impostazioni di Sistema, Privacy e sicurezza.",
  "permission.firefox":
    "Fai clic sul simbolo barrato accanto all’indirizzo e rimuovi il blocco. Se non c’è, guarda nelle impostazioni di privacy del sistema.",
  "permission.edge":
    "Fai clic sul lucchetto a sinistra dell’indirizzo e consenti microfono e fotocamera. Se sono già consentiti, guarda nelle impostazioni di privacy del sistema.",
  "permission.webview-android":
    "Apri le impostazioni di Android, App, questa app, Autorizzazioni. Lì consenti microfono e fotocamera.",
  "permission.webview-ios":
    "Apri l’app Impostazioni e scegli questa app. Lì attiva microfono e fotocamera.",
  "permission.other":
    "Consenti microfono e fotocamera nelle impostazioni di questa app o del browser. Guarda anche nelle impostazioni di privacy del sistema.",

  "reconnecting.wait": () => "La connessione si è interrotta. Potrebbe tornare da sola.",
  "reconnecting.ask": (name) =>
    `La connessione si è interrotta. Richiesta di un nuovo percorso a ${name}.`,
  "reconnecting.check": () => "La connessione si è interrotta. Prova di nuovi percorsi.",
  "stuck.no-proof": (name) => `L’app di ${name} non ha ancora dimostrato le sue chiavi.`,
  "stuck.no-answer": (name) =>
    `Da ${name} non è ancora arrivato nulla. La sua app potrebbe essere offline.`,
  "stuck.no-remote-addresses": (name) =>
    `${name} ha risposto, ma senza indicare a quale indirizzo collegarsi.`,
  "stuck.no-addresses": () =>
    "Questo dispositivo non ha un indirizzo di rete da offrire. Controlla di essere online.",
  "stuck.server-password": (_name, server) =>
    `Il server ${server} ha rifiutato la sua password. Aggiornala nell’app.`,
  "stuck.server-unreachable": (_name, server) =>
    `Il server ${server} non risponde. Prova un’altra rete.`,
  "stuck.needs-relay": (name) =>
    `Nessun percorso diretto verso ${name}, e l’app non indica nessun relay.`,
  "stuck.no-path": (name) => `Nessun percorso verso ${name}, nemmeno tramite il relay.`,
  "quality.0": "Non arriva nulla",
  "quality.1": "Connessione molto debole",
  "quality.2": "Connessione debole",
  "quality.3": "Connessione discreta",
  "quality.4": "Connessione buona",
  "weak.sending": (name) => `Connessione debole: ${name} potrebbe sentirti o vederti male`,
  "weak.receiving": (name) => `Connessione debole: potresti sentire o vedere male ${name}`,
  "step.devices": () => "Apertura dei dispositivi…",
  "step.keys": () => "Protezione della chiamata…",
  "step.path": () => "Connessione…",
  "step.security": () => "Verifica della crittografia…",

  "protection.none": "In attesa di dati crittografati",
  "protection.protected": "Crittografata end-to-end",
  "protection.verified": "Crittografata e verificata",
  "protection.one-way": "Per ora crittografata in una direzione",
  "protection.stalled": "I dati crittografati si sono fermati",
  "protection.tampered": "Qualcuno potrebbe manomettere questa chiamata",
  "protection.compatible": "Crittografata, modalità compatibile",
  "protection.transport": "Crittografata tra i dispositivi",
  "protection.unencrypted": "Non crittografata end-to-end",
  "about.none": "Non è stato ancora misurato nulla.",
  "about.protected": "Confrontate il codice di sicurezza per assicurarvi che nessuno ascolti.",
  "about.verified": "Sigillata su un dispositivo, aperta sull’altro.",
  "about.one-way": "Nell’altra direzione non è stato ancora contato nulla di crittografato.",
  "about.stalled":
    "Era crittografata in entrambe le direzioni. Ora in una o in tutte e due non passa nulla.",
  "about.tampered": "Audio o video alterati sono stati bloccati. Se continua, termina la chiamata.",
  "about.compatible":
    "Crittografata come fa l’altra app. Protegge meno e non c’è un codice da confrontare.",
  "about.transport":
    "Nessuno lungo il percorso può ascoltare, finché le chiavi portate dalla tua app di messaggi sono giuste. Non c’è un codice da confrontare.",
  "about.unencrypted":
    "La tua app non ha dato nessuna chiave a questa chiamata. Chi gestisce il relay potrebbe ascoltare. Resta così fino alla fine.",
  "direction.none": "Ancora nulla",
  "direction.protected": "Crittografato",
  "direction.stalled": "Al momento nulla",
  "direction.tampered": "Alterato lungo il percorso",
  "direction.compatible": "Modalità compatibile",
  "direction.transport": "Crittografata tra i dispositivi",
  "direction.unencrypted": "Non crittografato end-to-end",
  "frames.sealed": "Frame sigillati",
  "frames.opened": "Frame aperti",
  "frames.duplicate": "Ricevuti due volte",
  "frames.forged": "Falsificati, scartati",
  "code.none": "Compare quando entrambe le parti hanno dimostrato di avere le stesse chiavi.",
  "code.compare":
    "Leggetevelo ad alta voce. Deve essere uguale su entrambi gli schermi, nello stesso ordine.",
  "code.waiting": "Hai detto che coincide. In attesa dell’altra parte.",
  "code.verified": "Verificato: avete detto entrambi che coincide.",
  "code.mismatch": "Hai detto che non coincide. Qualcuno potrebbe ascoltare.",
  "code.refused": "L’altra parte ha detto che non coincide. Termina la chiamata.",

  "ended.hung-up.local": () => "Hai terminato la chiamata",
  "ended.hung-up.remote": (name) => `${name} ha terminato la chiamata`,
  "ended.hung-up.none": () => "La chiamata è terminata",
  "ended.cancelled.local": () => "Hai annullato la chiamata",
  "ended.cancelled.remote": (name) => `${name} ha annullato la chiamata`,
  "ended.cancelled.none": () => "La chiamata è stata annullata",
  "ended.declined.local": () => "Hai rifiutato la chiamata",
  "ended.declined.remote": (name) => `${name} ha rifiutato la chiamata`,
  "ended.declined.none": () => "La chiamata è stata rifiutata",
  "ended.busy.local": () => "Eri in un’altra chiamata",
  "ended.busy.remote": (name) => `${name} è in un’altra chiamata`,
  "ended.busy.none": () => "La linea era occupata",
  "ended.unanswered.local": () => "Non hai risposto",
  "ended.unanswered.remote": (name) => `${name} non ha risposto`,
  "ended.unanswered.none": () => "Nessuno ha risposto",
  "ended.failed.local": () => "La chiamata non è riuscita",
  "ended.failed.remote": (name) => `La chiamata non è riuscita dalla parte di ${name}`,
  "ended.failed.none": () => "La chiamata non è riuscita",
  "ended.answered-elsewhere.local": () => "Risposta su un altro dispositivo",
  "ended.answered-elsewhere.remote": () => "Risposta su un altro dispositivo",
  "ended.answered-elsewhere.none": () => "Risposta su un altro dispositivo",

  "error.bad-signal": "È arrivato qualcosa di inatteso",
  "advice.bad-signal":
    "L’altra app ha inviato qualcosa di inatteso. Aggiorna entrambe le app e chiama di nuovo.",
  "error.unsupported-version": "Le due app non sono compatibili",
  "advice.unsupported-version":
    "Usano versioni diverse della chiamata. Aggiorna entrambe le app e chiama di nuovo.",
  "advice.too-large":
    "L’altra app ha inviato più di quanto serve a una chiamata. Aggiorna entrambe le app e chiama di nuovo.",
  "error.unknown-call": "Questa chiamata è terminata",
  "advice.unknown-call": "Potrebbe essere terminata dall’altra parte. Chiama di nuovo.",
  "error.insecure": "La chiamata non era sicura",
  "advice.insecure":
    "Non è stato possibile verificarne la crittografia, quindi è stata terminata. Chiama di nuovo, se possibile da un’altra rete.",
  "error.flooded": "La chiamata è stata inondata di messaggi",
  "advice.flooded":
    "L’altra app ha inviato molto più di quanto serve a una chiamata, quindi è stata terminata. Richiama, o chiedi di aggiornare l’altra app.",
  "error.bad-frame": "Non è stato possibile decifrare una parte della chiamata",
  "advice.bad-frame": "È stata scartata. Se succede ancora, chiama di nuovo.",
  "error.code-mismatch": "I codici di sicurezza non coincidevano",
  "advice.code-mismatch":
    "Qualcuno potrebbe ascoltare. Non fidarti di ciò che è stato detto e chiedi conferma in un altro modo prima di richiamare.",
  "error.unprotected": "La chiamata è stata fermata per proteggerti",
  "advice.unprotected":
    "Sono comparsi suoni o immagini senza la crittografia dovuta. Aggiorna l’app e chiama di nuovo.",
  "error.encryption-lost": "La crittografia ha smesso di funzionare",
  "advice.encryption-lost":
    "La chiamata è terminata prima che qualcosa partisse senza crittografia. Chiama di nuovo.",
  "error.encryption-unsupported": "Le chiamate crittografate non funzionano qui",
  "advice.encryption-unsupported":
    "Non è stato inviato nulla. Aggiorna l’app o il browser, o usa un altro dispositivo.",
  "error.webrtc-unsupported": "Questa app non può fare chiamate",
  "advice.webrtc-unsupported": "Aggiorna l’app o il browser, o usa un altro dispositivo.",
  "error.permission-denied": "Il microfono o la fotocamera sono bloccati",
  "advice.permission-denied":
    "Consenti entrambi nelle impostazioni dell’app o del browser, poi chiama di nuovo.",
  "error.device-not-found": "Nessun microfono o fotocamera trovati",
  "advice.device-not-found": "Collegane uno e chiama di nuovo.",
  "error.device-busy": "Il microfono o la fotocamera non si avviano",
  "advice.device-busy": "Forse li usa un’altra app. Chiudila, poi chiama di nuovo.",
  connectionLost: "La connessione si è interrotta",
  "error.connection-failed": "Non è stato possibile connettersi",
  "advice.connection-failed": "Chiama di nuovo.",
  "error.timed-out": "La connessione ha richiesto troppo tempo",
  "error.not-possible": "Ora non è possibile",
  "advice.not-possible": "Termina prima l’altra chiamata, poi chiama di nuovo.",
  "error.bad-argument": "La chiamata non è potuta iniziare",
  "advice.bad-argument":
    "Questa app ha chiesto qualcosa che le chiamate non hanno. Aggiornala e chiama di nuovo.",
  "error.internal": "Qualcosa è andato storto nella chiamata",
  "advice.internal": "Chiama di nuovo. Se succede ancora, riavvia l’app.",

  "history.completed.outgoing": (media) => `${Kind(media)} in uscita`,
  "history.completed.incoming": (media) => `${Kind(media)} in arrivo`,
  "history.missed.outgoing": (media) => `${Kind(media)} senza risposta`,
  "history.missed.incoming": (media) => `${Kind(media)} persa`,
  "history.declined.outgoing": (media) => `${Kind(media)}: è stata rifiutata`,
  "history.declined.incoming": (media) => `${Kind(media)} rifiutata`,
  "history.cancelled.outgoing": (media) => `${Kind(media)} annullata`,
  "history.cancelled.incoming": (media) => `${Kind(media)}: è stata annullata`,
  "history.busy.outgoing": (media) => `${Kind(media)}: linea occupata`,
  "history.busy.incoming": (media) => `${Kind(media)} durante un’altra chiamata`,
  "history.unanswered.outgoing": (media) => `${Kind(media)}: nessuna risposta`,
  "history.unanswered.incoming": (media) => `${Kind(media)} persa`,
  "history.failed.outgoing": (media) => `${Kind(media)} non riuscita`,
  "history.failed.incoming": (media) => `${Kind(media)} in arrivo non riuscita`,
  "history.answered-elsewhere.outgoing": (media) => `${Kind(media)} su un altro dispositivo`,
  "history.answered-elsewhere.incoming": (media) =>
    `${Kind(media)}: risposta su un altro dispositivo`,

  back: "Indietro",
  declineWithText: "Rifiuta con un messaggio",
  ownText: "Un tuo messaggio",
  sendAndDecline: "Invia e rifiuta",
  says: (name) => `${name}:`,

  noteAgain: "Registra di nuovo",
  noteDiscard: "Elimina",
  noteFailed: "Non è stato registrato nulla. Riprova.",
  noteInterrupted:
    "È arrivata una chiamata, quindi la registrazione si è fermata. Controlla il messaggio prima di inviarlo.",
  noteLimit: "I due minuti sono finiti. Controlla il messaggio prima di inviarlo.",
  noteNotPlayed: "Questa pagina non può riprodurre il messaggio. Puoi comunque inviarlo.",
  notePause: "Metti in pausa",
  notePlay: "Riproduci",
  noteRecorded: "Controlla il messaggio prima di inviarlo.",
  noteRecording: "Registrazione in corso",
  noteSend: "Invia il messaggio",
  noteSent: "Il tuo messaggio è in viaggio",
  noteStop: "Ferma la registrazione",
  noteVideo: "Lascia un videomessaggio",
  noteVoice: "Lascia un messaggio vocale",

  receipt: "Dettagli",
  receiptByNone: "Nessuna delle parti",
  receiptByThem: "L’altra parte",
  receiptByYou: "Tu",
  receiptData: "Dati usati",
  receiptDuration: "Durata",
  receiptEnd: "Terminata da",
  receiptGaps: "Interruzioni",
  receiptNotVerified: "Non confrontato",
  receiptProtected: "Crittografata in entrambe le direzioni",
};

export default locale;
