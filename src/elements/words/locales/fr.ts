import { counted, type Locale } from "./locale.ts";

/* prettier-ignore */
const signs: readonly string[] = [
  "Éléphant", "Tortue", "Pieuvre", "Escargot", "Abeille", "Papillon", "Dauphin", "Chameau",
  "Canard", "Crabe", "Serpent", "Cactus", "Champignon", "Tournesol", "Sapin", "Rose",
  "Feuille", "Pomme", "Banane", "Raisin", "Cerises", "Citron", "Carotte", "Hamburger",
  "Pain", "Œuf", "Pizza", "Gâteau", "Beignet", "Sucette", "Café", "Arc-en-ciel",
  "Éclair", "Lune", "Étoile", "Feu", "Volcan", "Parapluie", "Voilier", "Clé",
  "Marteau", "Ancre", "Cloche", "Ballon de fête", "Cadeau", "Chapeau", "Couronne", "Lunettes",
  "Chaussure", "Livre", "Réveil", "Ampoule", "Guitare", "Trompette", "Tambour", "Dé",
  "Football", "Vélo", "Bus", "Train", "Fusée", "Tente", "Maison", "Diamant",
];

const call = (media: "audio" | "video") => (media === "video" ? "appel vidéo" : "appel audio");
const Call = (media: "audio" | "video") => (media === "video" ? "Appel vidéo" : "Appel audio");
const the = { microphone: "Le micro", camera: "La caméra", screen: "Le partage d’écran" } as const;

/** French. */
const locale: Locale = {
  $code: "fr",
  $name: "Français",
  $dir: "ltr",

  accept: "Accepter",
  acceptAudio: "Accepter en audio",
  acceptVideo: "Accepter en vidéo",
  acceptEndsCall: "Accepter met fin à l’appel en cours.",
  addressHidden: (name) => `Le relais voit votre adresse IP, mais pas ${name}.`,
  addressMayBeKnown: (name) => `Il se peut que ${name} connaisse quand même votre adresse IP.`,
  addressShown: (name) => `${name} peut voir votre adresse IP.`,
  addressWarning: (name) => `Un appel direct montre votre adresse IP à ${name}.`,
  deviceBusy: (device) =>
    device === "camera"
      ? "La caméra ne démarre pas. Une autre application l’utilise peut-être."
      : `${the[device]} ne démarre pas. Une autre application l’utilise peut-être.`,
  audio: "Audio",
  callAgain: "Rappeler",
  callBack: "Rappeler",
  callBackTo: (name) => `Rappeler ${name}`,
  callWith: (name) => `Appel avec ${name}`,
  calling: "Appel en cours…",
  deviceBlocked: (device) =>
    device === "camera"
      ? "La caméra est bloquée. Autorisez-la dans les réglages de l’application ou du navigateur."
      : `${the[device]} est bloqué. Autorisez-le dans les réglages de l’application ou du navigateur.`,
  cipher: "Chiffrement",
  close: "Fermer",
  codeLong: "Afficher le code long",
  codeMatch: "Identiques",
  codeNoMatch: "Différents",
  codeNoMatchTip: "Met fin à l’appel",
  codeShort: "Afficher le code court",
  connected: "Connecté",
  connecting: "Connexion…",
  controls: "Commandes de l’appel",
  decline: "Refuser",
  deviceFailed: (device) => `${the[device]} n’a pas démarré. Réessayez.`,
  deviceMissing: (device) =>
    device === "screen"
      ? "Aucun écran à partager."
      : device === "camera"
        ? "Aucune caméra trouvée. Branchez-en une."
        : "Aucun micro trouvé. Branchez-en un.",
  duration: (spoken) => `Durée\u202f: ${spoken}`,
  emojiName: (number) => signs[number] ?? "",
  encrypted: "Chiffré",
  endsIn: counted("fr", {
    one: "L’appel se termine dans # seconde.",
    other: "L’appel se termine dans # secondes.",
  }),
  endAndAccept: "Raccrocher et accepter",
  endAndAcceptAudio: "Raccrocher et accepter en audio",
  endAndAcceptVideo: "Raccrocher et accepter en vidéo",
  endCall: "Raccrocher",
  flipCamera: "Changer de caméra",
  fromThem: (name) => `De ${name}`,
  fromYou: "De vous",
  heldCall: (name) => `${name} en attente`,
  heldByThem: (name) => `${name} vous a mis en attente`,
  hideAddress: "Masquer mon adresse",
  historyAll: "Tous",
  historyEmpty: "Aucun appel pour l’instant",
  historyFilter: "Appels à afficher",
  historyMissed: "Manqués",
  historyNoDate: "Date inconnue",
  historyNoneMissed: "Aucun appel manqué",
  historyOngoing: (media) => `${Call(media)} en cours`,
  holdAndAccept: "Mettre en attente et accepter",
  holdAndAcceptAudio: "Mettre en attente et accepter en audio",
  holdAndAcceptVideo: "Mettre en attente et accepter en vidéo",
  ignore: "Sourdine",
  ignoreTip: "Arrêter la sonnerie sans prévenir",
  incoming: (media) => `${Call(media)} entrant`,
  incomingFrom: (media, name) => `${Call(media)} entrant de ${name}`,
  lastCallLost: "Vous venez de quitter cet appel.",
  microphone: "Micro",
  camera: "Caméra",
  screen: "Partager l’écran",
  muteMicrophone: "Couper le micro",
  unmuteMicrophone: "Activer le micro",
  cameraOff: "Désactiver la caméra",
  cameraOn: "Activer la caméra",
  screenStart: "Partager votre écran",
  screenStop: "Arrêter de partager l’écran",
  stopSharing: "Arrêter le partage",
  notNow: "Plus tard",
  onHold: "En attente",
  pageBadCall:
    "Cet appel n’a pas pu être lu. Rappelez, ou demandez à l’autre personne de le faire.",
  pageNoApp:
    "Cette page appartient à une messagerie qui n’est pas là. Ouvrez l’appel depuis celle-ci.",
  pageNoCall: "Il n’y a pas d’appel ici. Lancez-en un depuis votre messagerie.",
  path: "Chemin",
  pathDirect: "Direct",
  pictureReduced: "Votre image est réduite pour économiser les données",
  picturePaused: "Votre image est en pause\u202f: la connexion est trop faible",
  pathUnknown: "Pas encore connu",
  reconnecting: "Reconnexion…",
  refusedCode: (name) => `${name} dit que les codes de sécurité sont différents`,
  relayed: "Par un relais",
  remoteCameraOff: () => "La caméra est désactivée",
  remoteMuted: (name) => `Le micro de ${name} est coupé`,
  resume: "Reprendre",
  resumeCall: "Reprendre l’appel",
  resumeCallWith: (name) => `Reprendre l’appel avec ${name}`,
  returnToCall: "Revenir à l’appel",
  ringing: "Ça sonne…",
  secondCall: (media) => `Deuxième ${call(media)}`,
  security: "Sécurité de cet appel",
  securityCode: "Code de sécurité",
  selfView: "Votre caméra",
  selfViewMuted: "Votre caméra. Votre micro est coupé",
  sharing: "Vous partagez votre écran",
  since: "Depuis",
  stalledReceiving: (name) => `Ni son ni image de ${name} en ce moment`,
  stalledSending: (name) => `${name} ne peut ni vous entendre ni vous voir en ce moment`,
  starting: "Démarrage…",
  swap: "Basculer",
  swapTo: (name) => `Basculer vers l’appel avec ${name}`,
  bringBack: "Ramener ici",
  cameraBlack: "Votre caméra ne montre rien. Est-elle couverte\u202f?",
  inOwnWindow: "L’appel est dans sa propre fenêtre",
  microphoneSilent: "On n’entend pas votre micro",
  movePicture: "Déplacez-la avec les flèches",
  pictureOf: (name) => `Image de ${name}`,
  tapToHear: "Touchez pour entendre",
  transportCipher: "Chiffrement du transport",
  unknownContact: "Contact inconnu",
  video: "Vidéo",
  youAreMuted: "Votre micro est coupé",
  deviceInterrupted: (device) =>
    device === "camera"
      ? "Le système a interrompu votre caméra. Elle reviendra toute seule."
      : "Le système a interrompu votre micro. Il reviendra tout seul.",
  remoteInterrupted: (device, name) =>
    device === "camera"
      ? `La caméra de ${name} est interrompue`
      : `Le micro de ${name} est interrompu`,
  remoteElsewhere: (name) => `${name} est peut-être dans un autre appel`,
  callVolume: "Volume de l’appel",
  screenVolume: "Volume de l’écran partagé",
  chooseSpeaker: "Choisir un haut-parleur…",
  testSpeaker: "Jouer un son de test",

  check: "Tester la connexion",
  checkAgain: "Tester à nouveau",
  checkFailed: "Le test n’a pas pu être fait",
  checkFailedAdvice: "Réessayez. Si cela se reproduit, mettez l’application à jour.",
  checkIdle: "Vérifiez si les appels peuvent passer d’ici. Cela prend quelques secondes.",
  checkRunning: "Interrogation des serveurs…",
  checkServers: "Serveurs",
  checkStop: "Arrêter",
  checkTitle: "Test de connexion",
  checkUnnamed: "Un serveur sans adresse utilisable",
  "check.overall.good": "Les appels peuvent passer",
  "check.advice.good":
    "Un relais fonctionne\u202f: les appels se connectent même sans chemin direct.",
  "check.overall.relay-only-tcp": "Les appels passent, mais peuvent saccader",
  "check.advice.relay-only-tcp":
    "Un relais fonctionne, mais pas par la voie rapide. Pour un meilleur son et une meilleure image, essayez un autre réseau.",
  "check.overall.loop-failed": "Les appels risquent de ne pas passer",
  "check.advice.loop-failed":
    "Un relais répond, mais ne transmet rien. Essayez un autre réseau. Si c’est pareil, prévenez la personne qui le gère.",
  "check.overall.no-relay": "Certains appels risquent de ne pas passer",
  "check.advice.no-relay":
    "Aucun relais ne fonctionne. Les appels ne se connectent que par un chemin direct. La liste dit quoi faire.",
  "check.overall.unreachable": "Aucun serveur ne répond",
  "check.advice.unreachable":
    "Vérifiez que vous êtes en ligne. Si oui, désactivez votre VPN ou essayez un autre réseau.",
  "check.overall.no-servers": "Aucun serveur à interroger",
  "check.advice.no-servers":
    "Les appels ne se connectent que par un chemin direct. Des serveurs peuvent être ajoutés dans les réglages de l’application.",
  "check.server.ok": "Fonctionne",
  "check.server.unreachable":
    "Inaccessible. Il est peut-être en panne, ou ce réseau le bloque\u202f: essayez-en un autre.",
  "check.server.name-not-found":
    "Son nom est introuvable. Vérifiez que vous êtes en ligne, puis l’orthographe.",
  "check.server.wrong-password":
    "Il a refusé le mot de passe. Changez-le dans l’application ou demandez-en un autre à la personne qui gère le serveur.",
  "check.server.no-relay":
    "Il répond, mais ne relaie rien. Il est peut-être plein\u202f: réessayez plus tard.",
  "check.server.timed-out":
    "Pas de réponse à temps. Il est peut-être en panne, ou ce réseau le bloque\u202f: essayez-en un autre.",
  "check.server.bad-url": "Il ne peut pas être interrogé. Corrigez l’adresse dans l’application.",
  "check.transport.udp": "UDP",
  "check.transport.tcp": "TCP",
  "check.transport.tls": "TLS",
  "check.udp.open": "UDP, la voie rapide pour le son et l’image, est ouvert",
  "check.udp.blocked":
    "Ce réseau semble bloquer UDP, la voie rapide pour le son et l’image. Essayez un autre réseau ou désactivez votre VPN.",
  "check.udp.unknown": "On ne sait pas si UDP, la voie rapide pour le son et l’image, est ouvert",
  "check.loop.ok": "Un message de test est revenu par le relais",
  "check.loop.failed": "Un message de test envoyé par le relais n’est pas revenu",
  "check.loop.not-tried": "Aucun message de test envoyé\u202f: aucun relais ne fonctionne",

  deviceNumber: (number) => `Appareil ${String(number)}`,
  devices: "Haut-parleur et appareils",
  wholePicture: "Voir l’image entière",
  fillScreen: "Remplir l’écran",
  fullScreen: "Plein écran",
  holdCall: "Mettre en attente",
  keySpace: "Espace",
  microphoneLevel: "Niveau du micro",
  more: "Plus",
  noDevices: "Aucun appareil trouvé. Autorisez d’abord le micro.",
  noiseSuppression: "Réduction du bruit",
  pictureInPicture: "Image dans l’image",
  shortcuts: "Raccourcis clavier",
  speaker: "Haut-parleur",
  swapPictures: "Échanger les images",
  systemSpeaker: "Valeur par défaut du système",
  tryAgain: "Réessayer",
  voiceIsolation: "Isolement de la voix",
  "shortcut.microphone": "Couper ou activer le micro",
  "shortcut.camera": "Activer ou désactiver la caméra",
  "shortcut.screen": "Partager l’écran, ou arrêter",
  "shortcut.hold": "Mettre en attente ou reprendre",
  "shortcut.talk": "Maintenir pour parler quand le micro est coupé",
  "shortcut.help": "Afficher ces raccourcis",
  "shortcut.close": "Fermer ce qui est ouvert",
  "permission.chrome-desktop":
    "Cliquez sur l’icône à gauche de l’adresse et autorisez le micro et la caméra. S’ils y sont autorisés, voyez les réglages de confidentialité du système.",
  "permission.chrome-android":
    "Touchez l’icône à gauche de l’adresse, puis Autorisations, et autorisez le micro et la caméra. Le navigateur lui-même en a besoin dans les paramètres d’Android.",
  "permission.safari-ios":
    "Touchez le menu de la page à côté de l’adresse, puis les réglages du site, et autorisez le micro et la caméra. S’ils y sont autorisés, cherchez Safari dans l’app Réglages.",
  "permission.safari-mac":
    "Ouvrez le menu Safari, puis les réglages de ce site web, et autorisez le micro et la caméra. S’ils y sont autorisés, voyez Réglages Système, Confidentialité et sécurité.",
  "permission.firefox":
    "Cliquez sur le symbole barré à côté de l’adresse et levez le blocage. S’il n’y en a pas, voyez les réglages de confidentialité du système.",
  "permission.edge":
    "Cliquez sur le cadenas à gauche de l’adresse et autorisez le micro et la caméra. S’ils y sont autorisés, voyez les réglages de confidentialité du système.",
  "permission.webview-android":
    "Ouvrez les paramètres d’Android, Applications, cette application, Autorisations. Autorisez-y le micro et la caméra.",
  "permission.webview-ios":
    "Ouvrez l’app Réglages et choisissez cette application. Activez-y le micro et la caméra.",
  "permission.other":
    "Autorisez le micro et la caméra dans les réglages de cette application ou de ce navigateur. Voyez aussi les réglages de confidentialité du système.",

  "reconnecting.wait": () => "La connexion est perdue. Elle reviendra peut-être d’elle-même.",
  "reconnecting.ask": (name) => `La connexion est perdue. Demande d’un nouveau chemin à ${name}.`,
  "reconnecting.check": () => "La connexion est perdue. Essai de nouveaux chemins.",
  "stuck.no-proof": (name) => `L’application de ${name} n’a pas encore prouvé ses clés.`,
  "stuck.no-answer": (name) =>
    `Rien n’est encore venu de ${name}. Son application est peut-être hors ligne.`,
  "stuck.no-remote-addresses": (name) => `${name} a répondu, mais sans dire comment se rejoindre.`,
  "stuck.no-addresses": () =>
    "Cet appareil n’a aucune adresse réseau. Vérifiez que vous êtes en ligne.",
  "stuck.server-password": (_name, server) =>
    `Le serveur ${server} a refusé son mot de passe. Changez-le dans l’application.`,
  "stuck.server-unreachable": (_name, server) =>
    `Le serveur ${server} ne répond pas. Essayez un autre réseau.`,
  "stuck.needs-relay": (name) =>
    `Aucun chemin direct vers ${name}, et l’application n’indique aucun relais.`,
  "stuck.no-path": (name) => `Aucun chemin vers ${name}, pas même par le relais.`,
  "quality.0": "Rien n’arrive",
  "quality.1": "Connexion très faible",
  "quality.2": "Connexion faible",
  "quality.3": "Connexion moyenne",
  "quality.4": "Bonne connexion",
  "step.devices": () => "Ouverture de vos appareils…",
  "step.keys": () => "Sécurisation de l’appel…",
  "step.path": () => "Connexion…",
  "step.security": () => "Vérification du chiffrement…",

  "protection.none": "En attente de données chiffrées",
  "protection.protected": "Chiffré de bout en bout",
  "protection.verified": "Chiffré et vérifié",
  "protection.one-way": "Chiffré dans un seul sens pour l’instant",
  "protection.stalled": "Les données chiffrées n’avancent plus",
  "protection.tampered": "Quelqu’un altère peut-être cet appel",
  "protection.compatible": "Chiffré, mode de compatibilité",
  "protection.transport": "Chiffré entre les appareils",
  "protection.unencrypted": "Non chiffré de bout en bout",
  "about.none": "Rien n’a encore été mesuré.",
  "about.protected": "Comparez le code de sécurité pour vérifier que personne n’écoute.",
  "about.verified": "Scellé sur un appareil, ouvert sur l’autre.",
  "about.one-way": "Rien de chiffré n’a encore été compté dans l’autre sens.",
  "about.stalled":
    "C’était chiffré dans les deux sens. En ce moment, rien ne passe dans un sens ou dans les deux.",
  "about.tampered": "Du son ou de l’image modifiés ont été bloqués. Si cela continue, raccrochez.",
  "about.compatible":
    "Chiffré à la manière de l’autre application. Cela protège moins, et il n’y a pas de code à comparer.",
  "about.transport":
    "Personne en chemin ne peut écouter, tant que les clés transmises par votre messagerie sont justes. Il n’y a pas de code à comparer.",
  "about.unencrypted":
    "Votre application n’a donné aucune clé à cet appel. Qui gère son relais pourrait écouter. Cela reste ainsi jusqu’à la fin de l’appel.",
  "direction.none": "Rien pour l’instant",
  "direction.protected": "Chiffré",
  "direction.stalled": "Rien en ce moment",
  "direction.tampered": "Modifié en route",
  "direction.compatible": "Mode de compatibilité",
  "direction.transport": "Chiffré entre les appareils",
  "direction.unencrypted": "Non chiffré de bout en bout",
  "frames.sealed": "Trames scellées",
  "frames.opened": "Trames ouvertes",
  "frames.duplicate": "Reçues deux fois",
  "frames.forged": "Falsifiées, rejetées",
  "code.none": "Il apparaît dès que les deux côtés ont prouvé qu’ils ont les mêmes clés.",
  "code.compare":
    "Lisez-le-vous à voix haute. Il doit être le même sur les deux écrans, dans le même ordre.",
  "code.waiting": "Vous avez dit qu’il est identique. On attend l’autre côté.",
  "code.verified": "Vérifié\u202f: vous avez tous deux dit qu’il est identique.",
  "code.mismatch": "Vous avez dit qu’il est différent. Quelqu’un écoute peut-être.",
  "code.refused": "L’autre côté a dit qu’il est différent. Raccrochez.",

  "ended.hung-up.local": () => "Vous avez raccroché",
  "ended.hung-up.remote": (name) => `${name} a raccroché`,
  "ended.hung-up.none": () => "L’appel est terminé",
  "ended.cancelled.local": () => "Vous avez annulé l’appel",
  "ended.cancelled.remote": (name) => `${name} a annulé l’appel`,
  "ended.cancelled.none": () => "L’appel a été annulé",
  "ended.declined.local": () => "Vous avez refusé l’appel",
  "ended.declined.remote": (name) => `${name} a refusé l’appel`,
  "ended.declined.none": () => "L’appel a été refusé",
  "ended.busy.local": () => "Vous étiez dans un autre appel",
  "ended.busy.remote": (name) => `${name} est dans un autre appel`,
  "ended.busy.none": () => "La ligne était occupée",
  "ended.unanswered.local": () => "Vous n’avez pas répondu",
  "ended.unanswered.remote": (name) => `${name} n’a pas répondu`,
  "ended.unanswered.none": () => "Personne n’a répondu",
  "ended.failed.local": () => "L’appel a échoué",
  "ended.failed.remote": (name) => `L’appel a échoué du côté de ${name}`,
  "ended.failed.none": () => "L’appel a échoué",
  "ended.answered-elsewhere.local": () => "Pris sur un autre appareil",
  "ended.answered-elsewhere.remote": () => "Pris sur un autre appareil",
  "ended.answered-elsewhere.none": () => "Pris sur un autre appareil",

  "error.bad-signal": "Quelque chose d’inattendu a été reçu",
  "advice.bad-signal":
    "L’autre application a envoyé quelque chose d’inattendu. Mettez les deux applications à jour et rappelez.",
  "error.unsupported-version": "Les deux applications ne vont pas ensemble",
  "advice.unsupported-version":
    "Elles parlent des versions différentes. Mettez les deux applications à jour et rappelez.",
  "advice.too-large":
    "L’autre application a envoyé plus qu’il ne faut pour un appel. Mettez les deux applications à jour et rappelez.",
  "error.unknown-call": "Cet appel est terminé",
  "advice.unknown-call": "Il a peut-être pris fin de l’autre côté. Rappelez.",
  "error.insecure": "L’appel n’était pas sûr",
  "advice.insecure":
    "Son chiffrement n’a pas pu être vérifié, il a donc été arrêté. Rappelez, si possible depuis un autre réseau.",
  "error.flooded": "L’appel a été inondé de messages",
  "advice.flooded":
    "L’autre application a envoyé bien plus que ce dont un appel a besoin : il a été terminé. Rappelez, ou demandez une mise à jour de l’autre application.",
  "error.bad-frame": "Une partie de l’appel n’a pas pu être déchiffrée",
  "advice.bad-frame": "Elle a été rejetée. Si cela se reproduit, rappelez.",
  "error.code-mismatch": "Les codes de sécurité étaient différents",
  "advice.code-mismatch":
    "Quelqu’un écoute peut-être. Ne vous fiez pas à ce qui a été dit et demandez confirmation autrement avant de rappeler.",
  "error.unprotected": "L’appel a été arrêté pour vous protéger",
  "advice.unprotected":
    "Du son ou de l’image n’était pas chiffré comme il le faut. Mettez l’application à jour et rappelez.",
  "error.encryption-lost": "Le chiffrement a cessé de fonctionner",
  "advice.encryption-lost": "L’appel a été arrêté avant que rien ne parte sans lui. Rappelez.",
  "error.encryption-unsupported": "Les appels chiffrés ne marchent pas ici",
  "advice.encryption-unsupported":
    "Rien n’a été envoyé. Mettez l’application ou le navigateur à jour, ou prenez un autre appareil.",
  "error.webrtc-unsupported": "Cette application ne peut pas passer d’appels",
  "advice.webrtc-unsupported":
    "Mettez l’application ou le navigateur à jour, ou prenez un autre appareil.",
  "error.permission-denied": "Le micro ou la caméra est bloqué",
  "advice.permission-denied":
    "Autorisez les deux dans les réglages de l’application ou du navigateur, puis rappelez.",
  "error.device-not-found": "Ni micro ni caméra trouvés",
  "advice.device-not-found": "Branchez-en un et rappelez.",
  "error.device-busy": "Le micro ou la caméra ne démarre pas",
  "advice.device-busy": "Une autre application l’utilise peut-être. Fermez-la, puis rappelez.",
  connectionLost: "La connexion a été perdue",
  "error.connection-failed": "Aucune connexion possible",
  "advice.connection-failed": "Rappelez.",
  "error.timed-out": "La connexion a pris trop de temps",
  "error.not-possible": "Ce n’est pas possible pour l’instant",
  "advice.not-possible": "Terminez d’abord l’autre appel, puis rappelez.",
  "error.bad-argument": "L’appel n’a pas pu commencer",
  "advice.bad-argument":
    "Cette application a demandé une chose que les appels n’ont pas. Mettez-la à jour et rappelez.",
  "error.internal": "Un problème est survenu dans l’appel",
  "advice.internal": "Rappelez. Si cela se reproduit, redémarrez l’application.",

  "history.completed.outgoing": (media) => `${Call(media)} sortant`,
  "history.completed.incoming": (media) => `${Call(media)} entrant`,
  "history.missed.outgoing": (media) => `${Call(media)} sans réponse`,
  "history.missed.incoming": (media) => `${Call(media)} manqué`,
  "history.declined.outgoing": (media) => `${Call(media)} refusé là-bas`,
  "history.declined.incoming": (media) => `${Call(media)} refusé`,
  "history.cancelled.outgoing": (media) => `${Call(media)} annulé`,
  "history.cancelled.incoming": (media) => `${Call(media)} annulé avant réponse`,
  "history.busy.outgoing": (media) => `${Call(media)}\u202f: ligne occupée`,
  "history.busy.incoming": (media) => `${Call(media)} pendant un autre appel`,
  "history.unanswered.outgoing": (media) => `${Call(media)}\u202f: pas de réponse`,
  "history.unanswered.incoming": (media) => `${Call(media)} manqué`,
  "history.failed.outgoing": (media) => `${Call(media)} échoué`,
  "history.failed.incoming": (media) => `${Call(media)} entrant échoué`,
  "history.answered-elsewhere.outgoing": (media) => `${Call(media)} sur un autre appareil`,
  "history.answered-elsewhere.incoming": (media) => `${Call(media)} pris sur un autre appareil`,

  back: "Retour",
  declineWithText: "Refuser avec un message",
  ownText: "Votre propre message",
  sendAndDecline: "Envoyer et refuser",
  says: (name) => `${name} :`,
};

export default locale;
