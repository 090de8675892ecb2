import { counted, type Locale } from "./locale.ts";

/* prettier-ignore */
const signs: readonly string[] = [
  "Elefante", "Tartaruga", "Polvo", "Caracol", "Abelha", "Borboleta", "Golfinho", "Camelo",
  "Pato", "Caranguejo", "Cobra", "Cacto", "Cogumelo", "Girassol", "Pinheiro", "Rosa",
  "Folha", "Maçã", "Banana", "Uvas", "Cerejas", "Limão", "Cenoura", "Hambúrguer",
  "Pão", "Ovo", "Pizza", "Bolo", "Rosquinha", "Pirulito", "Café", "Arco-íris",
  "Raio", "Lua", "Estrela", "Fogo", "Vulcão", "Guarda-chuva", "Veleiro", "Chave",
  "Martelo", "Âncora", "Sino", "Balão", "Presente", "Chapéu", "Coroa", "Óculos",
  "Tênis", "Livro", "Relógio", "Lâmpada", "Guitarra", "Trompete", "Tambor", "Dado",
  "Futebol", "Bicicleta", "Ônibus", "Trem", "Foguete", "Barraca", "Casa", "Diamante",
];

const kind = (media: "audio" | "video") =>
  media === "video" ? "chamada de vídeo" : "chamada de áudio";
const Kind = (media: "audio" | "video") =>
  media === "video" ? "Chamada de vídeo" : "Chamada de áudio";

/** Portuguese of Brazil. */
const locale: Locale = {
  $code: "pt-br",
  $name: "Português (Brasil)",
  $dir: "ltr",

  accept: "Aceitar",
  acceptAudio: "Aceitar com áudio",
  acceptVideo: "Aceitar com vídeo",
  acceptEndsCall: "Ao aceitar, a chamada em que você está é encerrada.",
  addressHidden: (name) => `O retransmissor vê seu endereço IP, ${name} não.`,
  addressMayBeKnown: (name) => `Mesmo assim, ${name} pode já saber seu endereço IP.`,
  addressShown: (name) => `${name} pode ver seu endereço IP.`,
  addressWarning: (name) => `Uma chamada direta mostra seu endereço IP para ${name}.`,
  deviceBusy: (device) =>
    device === "camera"
      ? "Sua câmera não inicia. Outro app pode estar usando-a."
      : device === "microphone"
        ? "Seu microfone não inicia. Outro app pode estar usando-o."
        : "O compartilhamento de tela não inicia. Outro app pode estar usando-o.",
  audio: "Áudio",
  callAgain: "Ligar de novo",
  callBack: "Retornar",
  callBackTo: (name) => `Retornar a chamada de ${name}`,
  callWith: (name) => `Chamada com ${name}`,
  calling: "Chamando…",
  deviceBlocked: (device) =>
    device === "camera"
      ? "Sua câmera está bloqueada. Permita o uso nas configurações do app ou do navegador."
      : device === "microphone"
        ? "Seu microfone está bloqueado. Permita o uso nas configurações do app ou do navegador."
        : "O compartilhamento de tela está bloqueado. Permita o uso nas configurações do app ou do navegador.",
  cipher: "Cifra",
  close: "Fechar",
  codeLong: "Mostrar o código longo",
  codeMatch: "São iguais",
  codeNoMatch: "São diferentes",
  codeNoMatchTip: "Encerra a chamada",
  codeShort: "Mostrar o código curto",
  connected: "Conectada",
  connecting: "Conectando…",
  controls: "Controles da chamada",
  decline: "Recusar",
  deviceFailed: (device) =>
    device === "camera"
      ? "Sua câmera não iniciou. Tente de novo."
      : device === "microphone"
        ? "Seu microfone não iniciou. Tente de novo."
        : "O compartilhamento de tela não iniciou. Tente de novo.",
  deviceMissing: (device) =>
    device === "screen"
      ? "Não há nenhuma tela para compartilhar."
      : device === "camera"
        ? "Nenhuma câmera encontrada. Conecte uma."
        : "Nenhum microfone encontrado. Conecte um.",
  duration: (spoken) => `Duração: ${spoken}`,
  emojiName: (number) => signs[number] ?? "",
  encrypted: "Criptografada",
  endsIn: counted("pt-br", {
    one: "A chamada termina em # segundo.",
    other: "A chamada termina em # segundos.",
  }),
  endAndAccept: "Encerrar e aceitar",
  endAndAcceptAudio: "Encerrar e aceitar com áudio",
  endAndAcceptVideo: "Encerrar e aceitar com vídeo",
  endCall: "Encerrar",
  flipCamera: "Virar câmera",
  fromThem: (name) => `De ${name}`,
  fromYou: "De você",
  heldCall: (name) => `${name} em espera`,
  heldByThem: (name) => `${name} colocou você em espera`,
  hideAddress: "Ocultar meu endereço",
  historyAll: "Todas",
  historyEmpty: "Nenhuma chamada ainda",
  historyFilter: "Quais chamadas mostrar",
  historyMissed: "Perdidas",
  historyNoDate: "Data desconhecida",
  historyNoneMissed: "Nenhuma chamada perdida",
  historyOngoing: (media) => `${Kind(media)} em andamento`,
  holdAndAccept: "Pôr em espera e aceitar",
  holdAndAcceptAudio: "Pôr em espera e aceitar com áudio",
  holdAndAcceptVideo: "Pôr em espera e aceitar com vídeo",
  ignore: "Silenciar",
  ignoreTip: "Para de tocar sem avisar quem está ligando",
  incoming: (media) => `${Kind(media)} recebida`,
  incomingFrom: (media, name) => `${Kind(media)} recebida de ${name}`,
  lastCallLost: "Você saiu desta chamada há pouco.",
  microphone: "Microfone",
  camera: "Câmera",
  screen: "Compartilhar tela",
  muteMicrophone: "Silenciar o microfone",
  unmuteMicrophone: "Ativar o microfone",
  cameraOff: "Desligar a câmera",
  cameraOn: "Ligar a câmera",
  screenStart: "Compartilhar sua tela",
  screenStop: "Parar de compartilhar sua tela",
  stopSharing: "Parar de compartilhar",
  notNow: "Agora não",
  onHold: "Em espera",
  pageBadCall: "Não foi possível ler esta chamada. Ligue de novo ou peça à outra pessoa.",
  pageNoApp: "Esta página pertence a um mensageiro que não está aqui. Abra a chamada por ele.",
  pageNoCall: "Não há chamada aqui. Inicie uma no seu mensageiro.",
  path: "Caminho",
  pathDirect: "Direto",
  pictureReduced: "Sua imagem está menor para economizar dados",
  picturePaused: "Sua imagem está pausada: a conexão está fraca demais",
  pathUnknown: "Ainda não se sabe",
  reconnecting: "Reconectando…",
  refusedCode: (name) => `${name} disse que os códigos de segurança são diferentes`,
  relayed: "Por um retransmissor",
  remoteCameraOff: () => "A câmera está desligada",
  remoteMuted: (name) => `O microfone de ${name} está silenciado`,
  resume: "Retomar",
  resumeCall: "Retomar chamada",
  resumeCallWith: (name) => `Retomar a chamada com ${name}`,
  returnToCall: "Voltar à chamada",
  ringing: "Tocando…",
  secondCall: (media) => `Segunda ${kind(media)}`,
  security: "Segurança desta chamada",
  securityCode: "Código de segurança",
  selfView: "Sua câmera",
  selfViewMuted: "Sua câmera. Seu microfone está silenciado",
  sharing: "Você está compartilhando sua tela",
  since: "Desde",
  stalledReceiving: (name) => `Sem som nem imagem de ${name} agora`,
  stalledSending: (name) => `${name} não consegue ouvir nem ver você agora`,
  starting: "Iniciando…",
  swap: "Alternar",
  swapTo: (name) => `Alternar para a chamada com ${name}`,
  bringBack: "Trazer de volta",
  cameraBlack: "Sua câmera não mostra nada. Está coberta?",
  inOwnWindow: "A chamada está em uma janela própria",
  microphoneSilent: "Não ouvimos seu microfone",
  movePicture: "Mova com as setas do teclado",
  pictureOf: (name) => `Imagem de ${name}`,
  tapToHear: "Toque para ouvir",
  transportCipher: "Criptografia do transporte",
  unknownContact: "Contato desconhecido",
  video: "Vídeo",
  youAreMuted: "Seu microfone está silenciado",
  deviceInterrupted: (device) =>
    device === "camera"
      ? "O sistema pausou sua câmera. Ela volta sozinha."
      : "O sistema pausou seu microfone. Ele volta sozinho.",
  remoteInterrupted: (device, name) =>
    device === "camera"
      ? `A câmera de ${name} foi interrompida`
      : `O microfone de ${name} foi interrompido`,
  remoteElsewhere: (name) => `Talvez ${name} esteja em outra chamada`,
  callVolume: "Volume da chamada",
  screenVolume: "Volume da tela compartilhada",
  chooseSpeaker: "Escolher alto-falante…",
  testSpeaker: "Tocar um som de teste",
  pauseSharing: "Pausar compartilhamento",
  resumeSharing: "Retomar compartilhamento",
  sharingPaused: "O compartilhamento está pausado",
  remoteSharingPaused: (name) => `${name} pausou o compartilhamento`,
  shareOther: "Compartilhar outra coisa",

  check: "Testar conexão",
  checkAgain: "Testar de novo",
  checkFailed: "Não foi possível fazer o teste",
  checkFailedAdvice: "Tente de novo. Se acontecer outra vez, atualize o app.",
  checkIdle: "Descubra se as chamadas conseguem passar daqui. Leva alguns segundos.",
  checkRunning: "Consultando os servidores…",
  checkServers: "Servidores",
  checkStop: "Parar",
  checkTitle: "Teste de conexão",
  checkUnnamed: "Um servidor sem endereço utilizável",
  "check.overall.good": "As chamadas conseguem passar",
  "check.advice.good":
    "Um retransmissor funciona: as chamadas se conectam mesmo sem um caminho direto.",
  "check.overall.relay-only-tcp": "As chamadas passam, mas podem travar",
  "check.advice.relay-only-tcp":
    "Um retransmissor funciona, mas não pela via rápida. Para som e imagem melhores, tente outra rede.",
  "check.overall.loop-failed": "As chamadas podem não passar",
  "check.advice.loop-failed":
    "Um retransmissor responde, mas não transmite nada. Tente outra rede. Se der no mesmo, avise quem o administra.",
  "check.overall.no-relay": "Algumas chamadas podem não passar",
  "check.advice.no-relay":
    "Nenhum retransmissor funciona. As chamadas só se conectam por um caminho direto. A lista diz o que fazer.",
  "check.overall.unreachable": "Nenhum servidor responde",
  "check.advice.unreachable":
    "Verifique se você está on-line. Se estiver, desligue a VPN ou tente outra rede.",
  "check.overall.no-servers": "Não há nenhum servidor para consultar",
  "check.advice.no-servers":
    "As chamadas só se conectam por um caminho direto. É possível adicionar servidores nas configurações do app.",
  "check.server.ok": "Funciona",
  "check.server.unreachable":
    "Não foi possível alcançar. Pode estar fora do ar ou bloqueado por esta rede: tente outra.",
  "check.server.name-not-found":
    "O nome não foi encontrado. Verifique se você está on-line e depois como o nome está escrito.",
  "check.server.wrong-password":
    "Recusou a senha. Troque-a no app ou peça uma nova a quem administra o servidor.",
  "check.server.no-relay":
    "Responde, mas não retransmite nada. Pode estar cheio: tente mais tarde.",
  "check.server.timed-out":
    "Não respondeu a tempo. Pode estar fora do ar ou bloqueado por esta rede: tente outra.",
  "check.server.bad-url": "Não pode ser consultado. Corrija o endereço no app.",
  "check.transport.udp": "UDP",
  "check.transport.tcp": "TCP",
  "check.transport.tls": "TLS",
  "check.udp.open": "UDP, a via rápida para som e imagem, está aberta",
  "check.udp.blocked":
    "Esta rede parece bloquear UDP, a via rápida para som e imagem. Tente outra rede ou desligue a VPN.",
  "check.udp.unknown": "Não se sabe se UDP, a via rápida para som e imagem, está aberta",
  "check.loop.ok": "Uma mensagem de teste voltou pelo retransmissor",
  "check.loop.failed": "Uma mensagem de teste pelo retransmissor não voltou",
  "check.loop.not-tried": "Nenhuma mensagem de teste foi enviada: nenhum retransmissor funciona",

  deviceNumber: (number) => `Dispositivo ${String(number)}`,
  devices: "Alto-falante e dispositivos",
  wholePicture: "Mostrar a imagem inteira",
  fillScreen: "Preencher a tela",
  fullScreen: "Tela cheia",
  holdCall: "Pôr em espera",
  keySpace: "Espaço",
  microphoneLevel: "Nível do microfone",
  more: "Mais",
  noDevices: "Nenhum dispositivo encontrado. Permita antes o microfone.",
  noiseSuppression: "Redução de ruído",
  pictureInPicture: "Janela flutuante",
  shortcuts: "Atalhos de teclado",
  speaker: "Alto-falante",
  swapPictures: "Trocar as imagens",
  systemSpeaker: "Padrão do sistema",
  tryAgain: "Tentar de novo",
  voiceIsolation: "Isolamento de voz",
  backgroundBlur: "Desfocar o fundo",
  text: "Texto",
  textCut: "O texto mais antigo foi removido",
  textGap: "Parte do texto não chegou",
  textInput: "Seu texto",
  textKept: "Este app guarda o que se escreve aqui.",
  textLarge: "Texto grande",
  textLive: "Enviar enquanto digito",
  textNew: (name) => `Novo texto de ${name}:`,
  textNotKept: "Quando a chamada termina, nada disto é guardado.",
  textSend: "Enviar",
  textUnread: counted("pt-br", { one: "# nova mensagem", other: "# novas mensagens" }),
  textUnsent: "Ainda não enviado",
  textWith: (name) => `Texto com ${name}`,
  textWriting: (name) => `${name} está escrevendo…`,
  textYou: "Você",

  "shortcut.microphone": "Silenciar ou ativar o microfone",
  "shortcut.camera": "Ligar ou desligar a câmera",
  "shortcut.screen": "Compartilhar a tela ou parar",
  "shortcut.hold": "Pôr em espera ou retomar",
  "shortcut.talk": "Manter pressionado para falar com o microfone silenciado",
  "shortcut.help": "Mostrar estes atalhos",
  "shortcut.close": "Fechar o que estiver aberto",
  "permission.chrome-desktop":
    "Clique no ícone à esquerda do endereço e permita microfone e câmera. Se já estiverem permitidos, veja as configurações de privacidade do sistema.",
  "permission.chrome-android":
    "Toque no ícone à esquerda do endereço, depois em Permissões, e permita microfone e câmera. O próprio navegador também precisa deles nas configurações do Android.",
  "permission.safari-ios":
    "Toque no menu da página ao lado do endereço, depois nos ajustes do site, e permita microfone e câmera. Se já estiverem permitidos, procure o Safari no app Ajustes.",
  "permission.safari-mac":
    "Abra o menu Safari, depois os ajustes deste site, e permita microfone e câmera. Se já estiverem permitidos, veja em Ajustes do Sistema, Privacidade e Segurança.",
  "permission.firefox":
    "Clique no símbolo riscado ao lado do endereço e remova o bloqueio. Se não houver nenhum, veja as configurações de privacidade do sistema.",
  "permission.edge":
    "Clique no cadeado à esquerda do endereço e permita microfone e câmera. Se já estiverem permitidos, veja as configurações de privacidade do sistema.",
  "permission.webview-android":
    "Abra as configurações do Android, Apps, este app, Permissões. Permita ali microfone e câmera.",
  "permission.webview-ios": "Abra o app Ajustes e escolha este app. Ative ali microfone e câmera.",
  "permission.other":
    "Permita microfone e câmera nas configurações deste app ou navegador. Veja também as configurações de privacidade do sistema.",

  "reconnecting.wait": () => "A conexão caiu. Ela pode voltar sozinha.",
  "reconnecting.ask": (name) => `A conexão caiu. Pedindo um novo caminho a ${name}.`,
  "reconnecting.check": () => "A conexão caiu. Tentando novos caminhos.",
  "stuck.no-proof": (name) => `O app de ${name} ainda não comprovou suas chaves.`,
  "stuck.no-answer": (name) =>
    `Nada chegou de ${name} ainda. O app do outro lado pode estar off-line.`,
  "stuck.no-remote-addresses": (name) =>
    `${name} respondeu, mas sem dizer em qual endereço se conectar.`,
  "stuck.no-addresses": () =>
    "Este dispositivo não tem endereço de rede para oferecer. Verifique se você está on-line.",
  "stuck.server-password": (_name, server) =>
    `O servidor ${server} recusou a senha. Atualize-a no app.`,
  "stuck.server-unreachable": (_name, server) =>
    `O servidor ${server} não responde. Tente outra rede.`,
  "stuck.needs-relay": (name) =>
    `Nenhum caminho direto até ${name} foi encontrado, e o app não indica um retransmissor.`,
  "stuck.no-path": (name) => `Nenhum caminho até ${name} foi encontrado, nem pelo retransmissor.`,
  "quality.0": "Nada está chegando",
  "quality.1": "Conexão muito fraca",
  "quality.2": "Conexão fraca",
  "quality.3": "Conexão razoável",
  "quality.4": "Conexão boa",
  "step.devices": () => "Abrindo seus dispositivos…",
  "step.keys": () => "Protegendo a chamada…",
  "step.path": () => "Conectando…",
  "step.security": () => "Verificando a criptografia…",

  "protection.none": "Aguardando dados criptografados",
  "protection.protected": "Criptografada de ponta a ponta",
  "protection.verified": "Criptografada e verificada",
  "protection.one-way": "Criptografada em um sentido por enquanto",
  "protection.stalled": "Os dados criptografados pararam",
  "protection.tampered": "Alguém pode estar adulterando esta chamada",
  "protection.compatible": "Criptografada, modo de compatibilidade",
  "protection.transport": "Criptografada entre os dispositivos",
  "protection.unencrypted": "Sem criptografia de ponta a ponta",
  "about.none": "Nada foi medido ainda.",
  "about.protected": "Comparem o código de segurança para ter certeza de que ninguém está ouvindo.",
  "about.verified": "Selada em um dispositivo, aberta no outro.",
  "about.one-way": "Nada criptografado foi contado no outro sentido ainda.",
  "about.stalled":
    "Estava criptografada nos dois sentidos. Agora nada passa em um deles ou em ambos.",
  "about.tampered": "Som ou imagem alterados foram bloqueados. Se continuar, encerre a chamada.",
  "about.compatible":
    "Criptografada como o outro app faz. Isso protege menos, e não há código para comparar.",
  "about.transport":
    "Ninguém no caminho pode ouvir, desde que as chaves trazidas pelo seu mensageiro estejam corretas. Não há código para comparar.",
  "about.unencrypted":
    "Seu app não deu nenhuma chave a esta chamada. Quem administra o retransmissor poderia ouvir. Continua assim até o fim.",
  "direction.none": "Nada ainda",
  "direction.protected": "Criptografado",
  "direction.stalled": "Nada agora",
  "direction.tampered": "Alterado no caminho",
  "direction.compatible": "Modo de compatibilidade",
  "direction.transport": "Criptografada entre os dispositivos",
  "direction.unencrypted": "Sem criptografia de ponta a ponta",
  "frames.sealed": "Quadros selados",
  "frames.opened": "Quadros abertos",
  "frames.duplicate": "Recebidos duas vezes",
  "frames.forged": "Falsificados, descartados",
  "code.none": "Aparece quando os dois lados tiverem provado que têm as mesmas chaves.",
  "code.compare": "Leiam em voz alta. Deve ser igual nas duas telas e na mesma ordem.",
  "code.waiting": "Você disse que é igual. Aguardando o outro lado.",
  "code.verified": "Verificado: vocês dois disseram que é igual.",
  "code.mismatch": "Você disse que é diferente. Alguém pode estar ouvindo.",
  "code.refused": "O outro lado disse que é diferente. Encerre a chamada.",

  "ended.hung-up.local": () => "Você encerrou a chamada",
  "ended.hung-up.remote": (name) => `${name} encerrou a chamada`,
  "ended.hung-up.none": () => "A chamada terminou",
  "ended.cancelled.local": () => "Você cancelou a chamada",
  "ended.cancelled.remote": (name) => `${name} cancelou a chamada`,
  "ended.cancelled.none": () => "A chamada foi cancelada",
  "ended.declined.local": () => "Você recusou a chamada",
  "ended.declined.remote": (name) => `${name} recusou a chamada`,
  "ended.declined.none": () => "A chamada foi recusada",
  "ended.busy.local": () => "Você estava em outra chamada",
  "ended.busy.remote": (name) => `${name} está em outra chamada`,
  "ended.busy.none": () => "A linha estava ocupada",
  "ended.unanswered.local": () => "Você não atendeu",
  "ended.unanswered.remote": (name) => `${name} não atendeu`,
  "ended.unanswered.none": () => "Ninguém atendeu",
  "ended.failed.local": () => "A chamada falhou",
  "ended.failed.remote": (name) => `A chamada falhou do lado de ${name}`,
  "ended.failed.none": () => "A chamada falhou",
  "ended.answered-elsewhere.local": () => "Atendida em outro dispositivo",
  "ended.answered-elsewhere.remote": () => "Atendida em outro dispositivo",
  "ended.answered-elsewhere.none": () => "Atendida em outro dispositivo",

  "error.bad-signal": "Algo inesperado foi recebido",
  "advice.bad-signal": "O outro app enviou algo inesperado. Atualize os dois apps e ligue de novo.",
  "error.unsupported-version": "Os dois apps não são compatíveis",
  "advice.unsupported-version":
    "Eles usam versões diferentes da chamada. Atualize os dois apps e ligue de novo.",
  "advice.too-large":
    "O outro app enviou mais do que uma chamada precisa. Atualize os dois apps e ligue de novo.",
  "error.unknown-call": "Esta chamada foi encerrada",
  "advice.unknown-call": "Ela pode ter terminado do outro lado. Ligue de novo.",
  "error.insecure": "A chamada não era segura",
  "advice.insecure":
    "Não foi possível verificar a criptografia, por isso ela foi encerrada. Ligue de novo, se possível por outra rede.",
  "error.flooded": "A chamada foi inundada de mensagens",
  "advice.flooded":
    "O outro app enviou muito mais do que uma chamada precisa, por isso ela foi encerrada. Ligue de novo ou peça que atualizem o app.",
  "error.bad-frame": "Não foi possível decifrar uma parte da chamada",
  "advice.bad-frame": "Ela foi descartada. Se acontecer outra vez, ligue de novo.",
  "error.code-mismatch": "Os códigos de segurança eram diferentes",
  "advice.code-mismatch":
    "Alguém pode estar ouvindo. Não confie no que foi dito e confirme de outra forma antes de ligar de novo.",
  "error.unprotected": "A chamada foi interrompida para proteger você",
  "advice.unprotected":
    "Apareceu som ou imagem sem a criptografia devida. Atualize o app e ligue de novo.",
  "error.encryption-lost": "A criptografia parou de funcionar",
  "advice.encryption-lost": "A chamada foi encerrada antes que algo saísse sem ela. Ligue de novo.",
  "error.encryption-unsupported": "Chamadas criptografadas não funcionam aqui",
  "advice.encryption-unsupported":
    "Nada foi enviado. Atualize o app ou o navegador, ou use outro dispositivo.",
  "error.webrtc-unsupported": "Este aplicativo não pode fazer chamadas",
  "advice.webrtc-unsupported": "Atualize o app ou o navegador, ou use outro dispositivo.",
  "error.permission-denied": "O acesso ao microfone ou à câmera está bloqueado",
  "advice.permission-denied":
    "Permita os dois nas configurações do app ou do navegador e ligue de novo.",
  "error.device-not-found": "Nenhum microfone ou câmera foi encontrado",
  "advice.device-not-found": "Conecte um e ligue de novo.",
  "error.device-busy": "O microfone ou a câmera não inicia",
  "advice.device-busy": "Outro app pode estar usando. Feche-o e ligue de novo.",
  connectionLost: "A conexão foi perdida",
  "error.connection-failed": "Não foi possível conectar",
  "advice.connection-failed": "Ligue de novo.",
  "error.timed-out": "A conexão demorou demais",
  "error.not-possible": "Isso não é possível agora",
  "advice.not-possible": "Encerre primeiro a outra chamada e ligue de novo.",
  "error.bad-argument": "A chamada não pôde começar",
  "advice.bad-argument":
    "Este app pediu algo que as chamadas não têm. Atualize o app e ligue de novo.",
  "error.internal": "Algo deu errado na chamada",
  "advice.internal": "Ligue de novo. Se acontecer outra vez, reinicie o app.",

  "history.completed.outgoing": (media) => `${Kind(media)} feita`,
  "history.completed.incoming": (media) => `${Kind(media)} recebida`,
  "history.missed.outgoing": (media) => `${Kind(media)} não atendida`,
  "history.missed.incoming": (media) => `${Kind(media)} perdida`,
  "history.declined.outgoing": (media) => `${Kind(media)}: foi recusada`,
  "history.declined.incoming": (media) => `${Kind(media)} recusada`,
  "history.cancelled.outgoing": (media) => `${Kind(media)} cancelada`,
  "history.cancelled.incoming": (media) => `${Kind(media)}: foi cancelada`,
  "history.busy.outgoing": (media) => `${Kind(media)}: linha ocupada`,
  "history.busy.incoming": (media) => `${Kind(media)} durante outra chamada`,
  "history.unanswered.outgoing": (media) => `${Kind(media)}: sem resposta`,
  "history.unanswered.incoming": (media) => `${Kind(media)} perdida`,
  "history.failed.outgoing": (media) => `${Kind(media)} falhou`,
  "history.failed.incoming": (media) => `${Kind(media)} recebida falhou`,
  "history.answered-elsewhere.outgoing": (media) => `${Kind(media)} em outro dispositivo`,
  "history.answered-elsewhere.incoming": (media) => `${Kind(media)} atendida em outro dispositivo`,

  back: "Voltar",
  declineWithText: "Recusar com mensagem",
  ownText: "Sua própria mensagem",
  sendAndDecline: "Enviar e recusar",
  says: (name) => `${name}:`,

  noteAgain: "Gravar de novo",
  noteDiscard: "Descartar",
  noteFailed: "Nada foi gravado. Tente de novo.",
  noteInterrupted:
    "Chegou uma chamada, então a gravação parou. Confira a mensagem antes de enviar.",
  noteLimit: "Os dois minutos acabaram. Confira a mensagem antes de enviar.",
  noteNotPlayed: "Esta página não consegue tocar a mensagem. Mesmo assim, você pode enviá-la.",
  notePause: "Pausar",
  notePlay: "Tocar",
  noteRecorded: "Confira a mensagem antes de enviar.",
  noteRecording: "Gravando",
  noteSend: "Enviar mensagem",
  noteSent: "Sua mensagem está a caminho",
  noteStop: "Parar a gravação",
  noteVideo: "Deixar uma mensagem de vídeo",
  noteVoice: "Deixar uma mensagem de voz",
};

export default locale;
