import { counted, type Locale } from "./locale.ts";

/* prettier-ignore */
const signs: readonly string[] = [
  "Elefante", "Tortuga", "Pulpo", "Caracol", "Abeja", "Mariposa", "Delfín", "Camello",
  "Pato", "Cangrejo", "Serpiente", "Cactus", "Seta", "Girasol", "Pino", "Rosa",
  "Hoja", "Manzana", "Plátano", "Uvas", "Cerezas", "Limón", "Zanahoria", "Hamburguesa",
  "Pan", "Huevo", "Pizza", "Tarta", "Rosquilla", "Piruleta", "Café", "Arcoíris",
  "Rayo", "Luna", "Estrella", "Fuego", "Volcán", "Paraguas", "Velero", "Llave",
  "Martillo", "Ancla", "Campana", "Globo", "Regalo", "Sombrero", "Corona", "Gafas",
  "Zapatilla", "Libro", "Reloj", "Bombilla", "Guitarra", "Trompeta", "Tambor", "Dado",
  "Fútbol", "Bicicleta", "Autobús", "Tren", "Cohete", "Tienda", "Casa", "Diamante",
];

const kind = (media: "audio" | "video") =>
  media === "video" ? "videollamada" : "llamada de audio";
const Kind = (media: "audio" | "video") =>
  media === "video" ? "Videollamada" : "Llamada de audio";

/** Spanish. */
const locale: Locale = {
  $code: "es",
  $name: "Español",
  $dir: "ltr",

  accept: "Aceptar",
  acceptAudio: "Aceptar con audio",
  acceptVideo: "Aceptar con vídeo",
  acceptEndsCall: "Al aceptar termina la llamada en la que estás.",
  addressHidden: (name) => `El relé ve tu dirección IP, ${name} no.`,
  addressMayBeKnown: (name) => `Aun así, es posible que ${name} conozca tu dirección IP.`,
  addressShown: (name) => `${name} puede ver tu dirección IP.`,
  addressWarning: (name) => `Una llamada directa muestra tu dirección IP a ${name}.`,
  deviceBusy: (device) =>
    device === "camera"
      ? "Tu cámara no se inicia. Puede que otra aplicación la use."
      : device === "microphone"
        ? "Tu micrófono no se inicia. Puede que otra aplicación lo use."
        : "La pantalla compartida no se inicia. Puede que otra aplicación la use.",
  audio: "Audio",
  callAgain: "Llamar otra vez",
  callBack: "Devolver llamada",
  callBackTo: (name) => `Devolver la llamada a ${name}`,
  callWith: (name) => `Llamada con ${name}`,
  calling: "Llamando…",
  deviceBlocked: (device) =>
    device === "camera"
      ? "Tu cámara está bloqueada. Permítela en los ajustes de la aplicación o del navegador."
      : device === "microphone"
        ? "Tu micrófono está bloqueado. Permítelo en los ajustes de la aplicación o del navegador."
        : "Compartir pantalla está bloqueado. Permítelo en los ajustes de la aplicación o del navegador.",
  cipher: "Cifrado",
  close: "Cerrar",
  codeLong: "Mostrar el código largo",
  codeMatch: "Coinciden",
  codeNoMatch: "No coinciden",
  codeNoMatchTip: "Termina la llamada",
  codeShort: "Mostrar el código corto",
  connected: "Conectada",
  connecting: "Conectando…",
  controls: "Controles de la llamada",
  decline: "Rechazar",
  deviceFailed: (device) =>
    device === "camera"
      ? "Tu cámara no se inició. Inténtalo de nuevo."
      : device === "microphone"
        ? "Tu micrófono no se inició. Inténtalo de nuevo."
        : "No se pudo compartir la pantalla. Inténtalo de nuevo.",
  deviceMissing: (device) =>
    device === "screen"
      ? "No hay ninguna pantalla que compartir."
      : device === "camera"
        ? "No se encontró ninguna cámara. Conecta una."
        : "No se encontró ningún micrófono. Conecta uno.",
  duration: (spoken) => `Duración: ${spoken}`,
  emojiName: (number) => signs[number] ?? "",
  encrypted: "Cifrada",
  endsIn: counted("es", {
    one: "La llamada termina en # segundo.",
    other: "La llamada termina en # segundos.",
  }),
  endAndAccept: "Colgar y aceptar",
  endAndAcceptAudio: "Colgar y aceptar con audio",
  endAndAcceptVideo: "Colgar y aceptar con vídeo",
  endCall: "Colgar",
  flipCamera: "Cambiar de cámara",
  fromThem: (name) => `De ${name}`,
  fromYou: "De ti",
  heldCall: (name) => `${name} en espera`,
  heldByThem: (name) => `${name} te puso en espera`,
  hideAddress: "Ocultar mi dirección",
  historyAll: "Todas",
  historyEmpty: "Aún no hay llamadas",
  historyFilter: "Qué llamadas mostrar",
  historyMissed: "Perdidas",
  historyNoDate: "Fecha desconocida",
  historyNoneMissed: "No hay llamadas perdidas",
  historyOngoing: (media) => `${Kind(media)} en curso`,
  holdAndAccept: "Poner en espera y aceptar",
  holdAndAcceptAudio: "Poner en espera y aceptar con audio",
  holdAndAcceptVideo: "Poner en espera y aceptar con vídeo",
  ignore: "Silenciar",
  ignoreTip: "Deja de sonar sin avisar a quien llama",
  incoming: (media) => `${Kind(media)} entrante`,
  incomingFrom: (media, name) => `${Kind(media)} entrante de ${name}`,
  lastCallLost: "Saliste de esta llamada hace un momento.",
  microphone: "Micrófono",
  camera: "Cámara",
  screen: "Compartir pantalla",
  muteMicrophone: "Silenciar el micrófono",
  unmuteMicrophone: "Activar el micrófono",
  cameraOff: "Apagar la cámara",
  cameraOn: "Encender la cámara",
  screenStart: "Compartir tu pantalla",
  screenStop: "Dejar de compartir tu pantalla",
  stopSharing: "Dejar de compartir",
  notNow: "Ahora no",
  onHold: "En espera",
  pageBadCall: "No se pudo leer esta llamada. Vuelve a llamar o pídeselo a la otra persona.",
  pageNoApp:
    "Esta página pertenece a una app de mensajería que no está. Abre la llamada desde ella.",
  pageNoCall: "Aquí no hay ninguna llamada. Inicia una en tu mensajería.",
  path: "Camino",
  pathDirect: "Directo",
  pictureReduced: "Tu imagen es más pequeña para ahorrar datos",
  picturePaused: "Tu imagen está en pausa: la conexión es demasiado débil",
  pathUnknown: "Aún no se sabe",
  reconnecting: "Reconectando…",
  refusedCode: (name) => `${name} dijo que los códigos de seguridad no coinciden`,
  relayed: "A través de un relé",
  remoteCameraOff: () => "La cámara está apagada",
  remoteMuted: (name) => `El micrófono de ${name} está silenciado`,
  resume: "Reanudar",
  resumeCall: "Reanudar llamada",
  resumeCallWith: (name) => `Reanudar la llamada con ${name}`,
  returnToCall: "Volver a la llamada",
  ringing: "Sonando…",
  secondCall: (media) => `Segunda ${kind(media)}`,
  security: "Seguridad de esta llamada",
  securityCode: "Código de seguridad",
  selfView: "Tu cámara",
  selfViewMuted: "Tu cámara. Tu micrófono está silenciado",
  sharing: "Estás compartiendo tu pantalla",
  since: "Desde",
  stalledReceiving: (name) => `Sin sonido ni imagen de ${name} ahora mismo`,
  stalledSending: (name) => `${name} no puede oírte ni verte ahora mismo`,
  starting: "Iniciando…",
  swap: "Cambiar",
  swapTo: (name) => `Cambiar a la llamada con ${name}`,
  bringBack: "Traer aquí",
  cameraBlack: "Tu cámara no muestra nada. ¿Está tapada?",
  inOwnWindow: "La llamada está en su propia ventana",
  microphoneSilent: "No se oye tu micrófono",
  movePicture: "Muévela con las flechas",
  pictureOf: (name) => `Imagen de ${name}`,
  tapToHear: "Toca para oír",
  transportCipher: "Cifrado del transporte",
  unknownContact: "Contacto desconocido",
  video: "Vídeo",
  youAreMuted: "Estás en silencio",
  deviceInterrupted: (device) =>
    device === "camera"
      ? "El sistema ha pausado tu cámara. Volverá por sí sola."
      : "El sistema ha pausado tu micrófono. Volverá por sí solo.",
  remoteInterrupted: (device, name) =>
    device === "camera"
      ? `La cámara de ${name} está interrumpida`
      : `El micrófono de ${name} está interrumpido`,
  remoteElsewhere: (name) => `Puede que ${name} esté en otra llamada`,
  callVolume: "Volumen de la llamada",
  screenVolume: "Volumen de la pantalla compartida",
  chooseSpeaker: "Elegir altavoz…",
  testSpeaker: "Reproducir un tono de prueba",
  pauseSharing: "Pausar",
  resumeSharing: "Reanudar",
  sharingPaused: "Has pausado la pantalla compartida",
  sharingSilent: "Se comparte sin sonido: al otro lado se oiría un eco",
  remoteSharingPaused: (name) => `${name} ha pausado la pantalla compartida`,
  shareOther: "Compartir otra cosa",

  check: "Comprobar conexión",
  checkAgain: "Comprobar otra vez",
  checkFailed: "No se pudo hacer la comprobación",
  checkFailedAdvice: "Inténtalo de nuevo. Si vuelve a pasar, actualiza la aplicación.",
  checkIdle: "Averigua si las llamadas pueden pasar desde aquí. Tarda unos segundos.",
  checkRunning: "Preguntando a los servidores…",
  checkServers: "Servidores",
  checkStop: "Detener",
  checkTitle: "Comprobación de la conexión",
  checkUnnamed: "Un servidor sin dirección utilizable",
  "check.overall.good": "Las llamadas pueden pasar",
  "check.advice.good":
    "Un relé funciona: las llamadas se conectan aunque no haya un camino directo.",
  "check.overall.relay-only-tcp": "Las llamadas pasan, pero pueden entrecortarse",
  "check.advice.relay-only-tcp":
    "Un relé funciona, pero no por la vía rápida. Para mejor sonido e imagen, prueba otra red.",
  "check.overall.loop-failed": "Puede que las llamadas no pasen",
  "check.advice.loop-failed":
    "Un relé responde, pero no transmite nada. Prueba otra red. Si ocurre lo mismo, avisa a quien lo gestiona.",
  "check.overall.no-relay": "Puede que algunas llamadas no pasen",
  "check.advice.no-relay":
    "Ningún relé funciona. Las llamadas solo se conectan por un camino directo. La lista dice qué hacer.",
  "check.overall.unreachable": "Ningún servidor responde",
  "check.advice.unreachable":
    "Comprueba que tienes conexión. Si la tienes, desactiva la VPN o prueba otra red.",
  "check.overall.no-servers": "No hay ningún servidor al que preguntar",
  "check.advice.no-servers":
    "Las llamadas solo se conectan por un camino directo. En los ajustes de la aplicación se pueden añadir servidores.",
  "check.server.ok": "Funciona",
  "check.server.unreachable":
    "No se puede alcanzar. Puede estar caído o bloqueado por esta red: prueba otra.",
  "check.server.name-not-found":
    "No se encontró su nombre. Comprueba que tienes conexión y después cómo está escrito.",
  "check.server.wrong-password":
    "Rechazó la contraseña. Cámbiala en la aplicación o pide una nueva a quien gestiona el servidor.",
  "check.server.no-relay":
    "Responde, pero no retransmite nada. Puede estar lleno: inténtalo más tarde.",
  "check.server.timed-out":
    "No respondió a tiempo. Puede estar caído o bloqueado por esta red: prueba otra.",
  "check.server.bad-url": "No se le puede preguntar. Corrige la dirección en la aplicación.",
  "check.transport.udp": "UDP",
  "check.transport.tcp": "TCP",
  "check.transport.tls": "TLS",
  "check.udp.open": "UDP, la vía rápida para sonido e imagen, está abierta",
  "check.udp.blocked":
    "Esta red parece bloquear UDP, la vía rápida para sonido e imagen. Prueba otra red o desactiva la VPN.",
  "check.udp.unknown": "No se sabe si UDP, la vía rápida para sonido e imagen, está abierta",
  "check.loop.ok": "Un mensaje de prueba volvió a través del relé",
  "check.loop.failed": "Un mensaje de prueba a través del relé no volvió",
  "check.loop.not-tried": "No se envió ningún mensaje de prueba: ningún relé funciona",

  deviceNumber: (number) => `Dispositivo ${String(number)}`,
  devices: "Altavoz y dispositivos",
  wholePicture: "Ver la imagen entera",
  chooseMicrophone: "Elegir micrófono",
  chooseCamera: "Elegir cámara",
  hidePeople: "Ocultar a las personas",
  screenOf: (name) => `Pantalla de ${name}`,
  zoomIn: "Acercar",
  zoomOut: "Alejar",
  fillScreen: "Llenar la pantalla",
  fullScreen: "Pantalla completa",
  holdCall: "Poner en espera",
  keySpace: "Espacio",
  microphoneLevel: "Nivel del micrófono",
  more: "Más",
  noDevices: "No se encontraron dispositivos. Permite antes el micrófono.",
  noiseSuppression: "Supresión de ruido",
  pictureInPicture: "Imagen en imagen",
  shortcuts: "Atajos de teclado",
  speaker: "Altavoz",
  swapPictures: "Intercambiar imágenes",
  systemSpeaker: "Predeterminado del sistema",
  tryAgain: "Reintentar",
  voiceIsolation: "Aislamiento de voz",
  backgroundBlur: "Desenfocar el fondo",
  text: "Texto",
  textCut: "Se quitó el texto más antiguo",
  textGap: "Parte del texto no llegó",
  textInput: "Tu texto",
  textKept: "Esta app guarda lo que se escribe aquí.",
  textLarge: "Texto grande",
  textLive: "Enviar mientras escribo",
  textNew: (name) => `Texto nuevo de ${name}:`,
  textNotKept: "Cuando termine la llamada, no se guarda nada de esto.",
  textSend: "Enviar",
  textUnread: counted("es", { one: "# mensaje nuevo", other: "# mensajes nuevos" }),
  textUnsent: "Aún no enviado",
  textWith: (name) => `Texto con ${name}`,
  textWriting: (name) => `${name} está escribiendo…`,
  textYou: "Tú",

  "shortcut.microphone": "Silenciar o activar el micrófono",
  "shortcut.camera": "Encender o apagar la cámara",
  "shortcut.screen": "Compartir la pantalla, o dejar de hacerlo",
  "shortcut.hold": "Poner en espera o reanudar",
  "shortcut.talk": "Mantener pulsado para hablar en silencio",
  "shortcut.help": "Mostrar estos atajos",
  "shortcut.close": "Cerrar lo que esté abierto",
  "permission.chrome-desktop":
    "Haz clic en el icono a la izquierda de la dirección y permite micrófono y cámara. Si ya están permitidos, mira en los ajustes de privacidad del sistema.",
  "permission.chrome-android":
    "Toca el icono a la izquierda de la dirección, luego Permisos, y permite micrófono y cámara. El propio navegador también los necesita en los ajustes de Android.",
  "permission.safari-ios":
    "Toca el menú de la página junto a la dirección, luego los ajustes del sitio web, y permite micrófono y cámara. Si ya están permitidos, busca Safari en la app Ajustes.",
  "permission.safari-mac":
    "Abre el menú Safari, luego los ajustes de este sitio web, y permite micrófono y cámara. Si ya están permitidos, mira en Ajustes del Sistema, Privacidad y seguridad.",
  "permission.firefox":
    "Haz clic en el símbolo tachado junto a la dirección y quita el bloqueo. Si no hay ninguno, mira en los ajustes de privacidad del sistema.",
  "permission.edge":
    "Haz clic en el candado a la izquierda de la dirección y permite micrófono y cámara. Si ya están permitidos, mira en los ajustes de privacidad del sistema.",
  "permission.webview-android":
    "Abre los ajustes de Android, Aplicaciones, esta aplicación, Permisos. Permite ahí micrófono y cámara.",
  "permission.webview-ios":
    "Abre la app Ajustes y elige esta aplicación. Activa ahí micrófono y cámara.",
  "permission.other":
    "Permite micrófono y cámara en los ajustes de esta aplicación o navegador. Mira también en los ajustes de privacidad del sistema.",

  "reconnecting.wait": () => "Se perdió la conexión. Puede volver por sí sola.",
  "reconnecting.ask": (name) => `Se perdió la conexión. Pidiendo un nuevo camino a ${name}.`,
  "reconnecting.check": () => "Se perdió la conexión. Probando nuevos caminos.",
  "stuck.no-proof": (name) => `La app de ${name} aún no ha demostrado sus claves.`,
  "stuck.no-answer": (name) =>
    `Aún no ha llegado nada de ${name}. Puede que su aplicación no tenga conexión.`,
  "stuck.no-remote-addresses": (name) => `${name} ha respondido, pero sin decir dónde encontrarle.`,
  "stuck.no-addresses": () =>
    "Este dispositivo no tiene ninguna dirección de red. Comprueba que tienes conexión.",
  "stuck.server-password": (_name, server) =>
    `El servidor ${server} rechazó su contraseña. Cámbiala en la aplicación.`,
  "stuck.server-unreachable": (_name, server) =>
    `El servidor ${server} no responde. Prueba otra red.`,
  "stuck.needs-relay": (name) =>
    `No se encontró un camino directo a ${name}, y la aplicación no indica ningún relé.`,
  "stuck.no-path": (name) => `No se encontró ningún camino a ${name}, ni siquiera por el relé.`,
  "quality.0": "No llega nada",
  "quality.1": "Conexión muy débil",
  "quality.2": "Conexión débil",
  "quality.3": "Conexión aceptable",
  "quality.4": "Buena conexión",
  "step.devices": () => "Abriendo tus dispositivos…",
  "step.keys": () => "Protegiendo la llamada…",
  "step.path": () => "Conectando…",
  "step.security": () => "Comprobando el cifrado…",

  "protection.none": "Esperando datos cifrados",
  "protection.protected": "Cifrada de extremo a extremo",
  "protection.verified": "Cifrada y verificada",
  "protection.one-way": "Cifrada en un sentido por ahora",
  "protection.stalled": "Los datos cifrados se han detenido",
  "protection.tampered": "Puede que alguien esté manipulando la llamada",
  "protection.compatible": "Cifrada, modo de compatibilidad",
  "protection.transport": "Cifrada entre los dispositivos",
  "protection.unencrypted": "Sin cifrado de extremo a extremo",
  "about.none": "Aún no se ha medido nada.",
  "about.protected": "Comparad el código de seguridad para aseguraros de que nadie escucha.",
  "about.verified": "Sellada en un dispositivo, abierta en el otro.",
  "about.one-way": "Aún no se ha contado nada cifrado en el otro sentido.",
  "about.stalled":
    "Estaba cifrada en ambos sentidos. Ahora mismo no pasa nada en uno o en los dos.",
  "about.tampered": "Se bloqueó sonido o imagen alterados. Si continúa, cuelga.",
  "about.compatible":
    "Cifrada como lo hace la otra aplicación. Protege menos y no hay código que comparar.",
  "about.transport":
    "Nadie puede escuchar por el camino, siempre que las claves que llevó tu mensajería sean correctas. No hay código que comparar.",
  "about.unencrypted":
    "Tu aplicación no dio ninguna clave a esta llamada. Quien gestiona su relé podría escuchar. Sigue así hasta que termine.",
  "direction.none": "Nada por ahora",
  "direction.protected": "Cifrado",
  "direction.stalled": "Nada ahora mismo",
  "direction.tampered": "Alterado por el camino",
  "direction.compatible": "Modo de compatibilidad",
  "direction.transport": "Cifrada entre los dispositivos",
  "direction.unencrypted": "Sin cifrado de extremo a extremo",
  "frames.sealed": "Tramas selladas",
  "frames.opened": "Tramas abiertas",
  "frames.duplicate": "Recibidas dos veces",
  "frames.forged": "Falsificadas, descartadas",
  "code.none": "Aparece cuando ambos lados han demostrado que tienen las mismas claves.",
  "code.compare": "Leedlo en voz alta. Debe ser igual en ambas pantallas y en el mismo orden.",
  "code.waiting": "Dijiste que coincide. Esperando al otro lado.",
  "code.verified": "Verificado: los dos dijisteis que coincide.",
  "code.mismatch": "Dijiste que no coincide. Puede que alguien esté escuchando.",
  "code.refused": "El otro lado dijo que no coincide. Cuelga.",

  "ended.hung-up.local": () => "Terminaste la llamada",
  "ended.hung-up.remote": (name) => `${name} terminó la llamada`,
  "ended.hung-up.none": () => "La llamada terminó",
  "ended.cancelled.local": () => "Cancelaste la llamada",
  "ended.cancelled.remote": (name) => `${name} canceló la llamada`,
  "ended.cancelled.none": () => "La llamada se canceló",
  "ended.declined.local": () => "Rechazaste la llamada",
  "ended.declined.remote": (name) => `${name} rechazó la llamada`,
  "ended.declined.none": () => "La llamada fue rechazada",
  "ended.busy.local": () => "Estabas en otra llamada",
  "ended.busy.remote": (name) => `${name} está en otra llamada`,
  "ended.busy.none": () => "La línea estaba ocupada",
  "ended.unanswered.local": () => "No respondiste",
  "ended.unanswered.remote": (name) => `${name} no respondió`,
  "ended.unanswered.none": () => "Nadie respondió",
  "ended.failed.local": () => "La llamada falló",
  "ended.failed.remote": (name) => `La llamada falló en el lado de ${name}`,
  "ended.failed.none": () => "La llamada falló",
  "ended.answered-elsewhere.local": () => "Respondida en otro dispositivo",
  "ended.answered-elsewhere.remote": () => "Respondida en otro dispositivo",
  "ended.answered-elsewhere.none": () => "Respondida en otro dispositivo",

  "error.bad-signal": "Se recibió algo inesperado",
  "advice.bad-signal":
    "La otra aplicación envió algo inesperado. Actualiza ambas aplicaciones y llama de nuevo.",
  "error.unsupported-version": "Las dos aplicaciones no son compatibles",
  "advice.unsupported-version":
    "Hablan versiones distintas de la llamada. Actualiza ambas aplicaciones y llama de nuevo.",
  "advice.too-large":
    "La otra aplicación envió más de lo que necesita una llamada. Actualiza ambas aplicaciones y llama de nuevo.",
  "error.unknown-call": "Esta llamada ha terminado",
  "advice.unknown-call": "Puede que haya terminado en el otro lado. Llama de nuevo.",
  "error.insecure": "La llamada no era segura",
  "advice.insecure":
    "No se pudo verificar su cifrado, por eso se terminó. Llama de nuevo, si es posible desde otra red.",
  "error.flooded": "La llamada se inundó de mensajes",
  "advice.flooded":
    "La otra app envió mucho más de lo que necesita una llamada, por eso se terminó. Vuelve a llamar o pide que actualicen su app.",
  "error.bad-frame": "No se pudo descifrar una parte de la llamada",
  "advice.bad-frame": "Se descartó. Si vuelve a pasar, llama de nuevo.",
  "error.code-mismatch": "Los códigos de seguridad no coincidían",
  "advice.code-mismatch":
    "Puede que alguien esté escuchando. No te fíes de lo que se dijo y confírmalo por otra vía antes de volver a llamar.",
  "error.unprotected": "La llamada se detuvo para protegerte",
  "advice.unprotected":
    "Se vio sonido o imagen sin el cifrado debido. Actualiza la aplicación y llama de nuevo.",
  "error.encryption-lost": "El cifrado dejó de funcionar",
  "advice.encryption-lost": "La llamada terminó antes de que saliera nada sin él. Llama de nuevo.",
  "error.encryption-unsupported": "Las llamadas cifradas no funcionan aquí",
  "advice.encryption-unsupported":
    "No se envió nada. Actualiza la aplicación o el navegador, o usa otro dispositivo.",
  "error.webrtc-unsupported": "Esta aplicación no puede hacer llamadas",
  "advice.webrtc-unsupported": "Actualiza la aplicación o el navegador, o usa otro dispositivo.",
  "error.permission-denied": "El micrófono o la cámara están bloqueados",
  "advice.permission-denied":
    "Permite ambos en los ajustes de la aplicación o del navegador y llama de nuevo.",
  "error.device-not-found": "No se encontró micrófono ni cámara",
  "advice.device-not-found": "Conecta uno y llama de nuevo.",
  "error.device-busy": "El micrófono o la cámara no se inician",
  "advice.device-busy": "Puede que otra aplicación los use. Ciérrala y llama de nuevo.",
  connectionLost: "Se perdió la conexión",
  "error.connection-failed": "No fue posible conectar",
  "advice.connection-failed": "Llama de nuevo.",
  "error.timed-out": "La conexión tardó demasiado",
  "error.not-possible": "Esto no es posible ahora",
  "advice.not-possible": "Termina primero la otra llamada y llama de nuevo.",
  "error.bad-argument": "La llamada no pudo empezar",
  "advice.bad-argument":
    "Esta aplicación pidió algo que las llamadas no tienen. Actualízala y llama de nuevo.",
  "error.internal": "Algo salió mal en la llamada",
  "advice.internal": "Llama de nuevo. Si vuelve a pasar, reinicia la aplicación.",

  "history.completed.outgoing": (media) => `${Kind(media)} saliente`,
  "history.completed.incoming": (media) => `${Kind(media)} entrante`,
  "history.missed.outgoing": (media) => `${Kind(media)} no atendida`,
  "history.missed.incoming": (media) => `${Kind(media)} perdida`,
  "history.declined.outgoing": (media) => `${Kind(media)}: fue rechazada`,
  "history.declined.incoming": (media) => `${Kind(media)} rechazada`,
  "history.cancelled.outgoing": (media) => `${Kind(media)} cancelada`,
  "history.cancelled.incoming": (media) => `${Kind(media)}: se canceló`,
  "history.busy.outgoing": (media) => `${Kind(media)}: línea ocupada`,
  "history.busy.incoming": (media) => `${Kind(media)} durante otra llamada`,
  "history.unanswered.outgoing": (media) => `${Kind(media)}: sin respuesta`,
  "history.unanswered.incoming": (media) => `${Kind(media)} perdida`,
  "history.failed.outgoing": (media) => `${Kind(media)} fallida`,
  "history.failed.incoming": (media) => `${Kind(media)} entrante fallida`,
  "history.answered-elsewhere.outgoing": (media) => `${Kind(media)} en otro dispositivo`,
  "history.answered-elsewhere.incoming": (media) => `${Kind(media)} respondida en otro dispositivo`,

  back: "Volver",
  declineWithText: "Rechazar con un mensaje",
  ownText: "Tu propio mensaje",
  sendAndDecline: "Enviar y rechazar",
  says: (name) => `${name}:`,

  noteAgain: "Grabar de nuevo",
  noteDiscard: "Descartar",
  noteFailed: "No se ha grabado nada. Inténtalo de nuevo.",
  noteInterrupted:
    "Entró una llamada y la grabación se detuvo. Revisa el mensaje antes de enviarlo.",
  noteLimit: "Han pasado los dos minutos. Revisa el mensaje antes de enviarlo.",
  noteNotPlayed: "Esta página no puede reproducir el mensaje. Aun así puedes enviarlo.",
  notePause: "Pausar",
  notePlay: "Reproducir",
  noteRecorded: "Revisa el mensaje antes de enviarlo.",
  noteRecording: "Grabando",
  noteSend: "Enviar mensaje",
  noteSent: "Tu mensaje está en camino",
  noteStop: "Detener la grabación",
  noteVideo: "Dejar un mensaje de vídeo",
  noteVoice: "Dejar un mensaje de voz",

  receipt: "Detalles",
  receiptByNone: "Ninguna parte",
  receiptByThem: "La otra parte",
  receiptByYou: "Tú",
  receiptData: "Datos usados",
  receiptDuration: "Duración",
  receiptEnd: "Terminada por",
  receiptGaps: "Interrupciones",
  receiptNotVerified: "Sin comparar",
  receiptProtected: "Cifrada en ambos sentidos",
};

export default locale;
