/*
 * What the documentation's activity uses of Android and AndroidX, over lines of JSON instead of a device: a line in is what the page,
 * the system or the app does, a line out is what they are told. The names and the shapes are those of the SDK.
 */
import org.json.JSONArray
import org.json.JSONObject

fun say(name: String, value: Any) = println(JSONObject().put(name, value))

const val PERMISSION_GRANTED = 0
const val FLAG_KEEP_SCREEN_ON = 0x80
const val ACTION_APPLICATION_DETAILS_SETTINGS = "android.settings.APPLICATION_DETAILS_SETTINGS"

object Manifest {
  object permission {
    const val RECORD_AUDIO = "android.permission.RECORD_AUDIO"
    const val CAMERA = "android.permission.CAMERA"
  }
}

class Bundle
class Configuration

class Uri(private val text: String) {
  override fun toString() = text

  companion object {
    fun fromParts(scheme: String, part: String, fragment: String?) =
      Uri("$scheme:$part" + (if (fragment == null) "" else "#$fragment"))
  }
}

class Intent(val action: String, val data: Uri)

class PictureInPictureParams {
  class Builder {
    fun build() = PictureInPictureParams()
  }
}

class Window {
  fun addFlags(flags: Int) = say("flags", flags)
  fun clearFlags(flags: Int) = say("flags", -flags)
}

class PermissionRequest(val origin: Uri, val resources: Array<String>) {
  fun grant(granted: Array<String>) = say("granted", JSONArray(granted.toList()))
  fun deny() = say("granted", JSONArray())

  companion object {
    const val RESOURCE_AUDIO_CAPTURE = "android.webkit.resource.AUDIO_CAPTURE"
    const val RESOURCE_VIDEO_CAPTURE = "android.webkit.resource.VIDEO_CAPTURE"
  }
}

class WebResourceRequest(val url: Uri)
class WebResourceResponse

open class WebViewClient {
  open fun shouldInterceptRequest(view: WebView, request: WebResourceRequest): WebResourceResponse? = null
  open fun shouldOverrideUrlLoading(view: WebView, request: WebResourceRequest): Boolean = false
}

open class WebChromeClient {
  open fun onPermissionRequest(request: PermissionRequest) = request.deny()
}

class WebSettings {
  var javaScriptEnabled = false
  var mediaPlaybackRequiresUserGesture = true
  var allowFileAccess = true
}

class WebView(@Suppress("UNUSED_PARAMETER") context: Context) {
  val settings = WebSettings()
  var webViewClient = WebViewClient()
  var webChromeClient = WebChromeClient()

  fun loadUrl(address: String) {
    shown = this
    val isOfApp = webViewClient.shouldInterceptRequest(this, WebResourceRequest(Uri(address))) != null
    val isSafe = settings.javaScriptEnabled && !settings.allowFileAccess
    say("loads", JSONObject().put("address", address).put("fromApp", isOfApp).put("safe", isSafe))
  }

  fun destroy() = say("destroyed", true)
}

class WebViewAssetLoader private constructor(private val paths: List<String>) {
  class AssetsPathHandler(@Suppress("UNUSED_PARAMETER") context: Context)

  class Builder {
    private val paths = mutableListOf<String>()

    fun addPathHandler(path: String, @Suppress("UNUSED_PARAMETER") handler: AssetsPathHandler): Builder {
      paths.add(path)
      return this
    }

    fun build() = WebViewAssetLoader(paths)
  }

  fun shouldInterceptRequest(url: Uri): WebResourceResponse? =
    if (paths.any { "$url".startsWith("https://appassets.androidplatform.net$it") }) WebResourceResponse() else null
}

class WebMessageCompat(val data: String?)

class JavaScriptReplyProxy {
  fun postMessage(text: String) = say("post", text)
}

typealias MessageListener = (WebView, WebMessageCompat, Uri, Boolean, JavaScriptReplyProxy) -> Unit

object WebViewCompat {
  fun addWebMessageListener(view: WebView, name: String, origins: Set<String>, listener: MessageListener) {
    say("object", name)
    heard = { text, origin, isMainFrame ->
      // The WebView itself keeps other origins away.
      if (origin in origins) listener(view, WebMessageCompat(text), Uri(origin), isMainFrame, JavaScriptReplyProxy())
    }
  }
}

class ActivityResultContracts {
  class RequestMultiplePermissions
}

class ActivityResultLauncher(private val done: (Map<String, Boolean>) -> Unit) {
  fun launch(permissions: Array<String>) {
    say("asks", JSONArray(permissions.toList()))
    allowed.addAll(permissions)
    done(permissions.associate { it to true })
  }
}

class OnBackPressedCallback

class OnBackPressedDispatcher {
  fun addCallback(@Suppress("UNUSED_PARAMETER") owner: Any, pressed: OnBackPressedCallback.() -> Unit) {
    back = { OnBackPressedCallback().pressed() }
  }
}

open class Context {
  val packageName = "org.example.messenger"
}

open class ComponentActivity : Context() {
  val window = Window()
  val onBackPressedDispatcher = OnBackPressedDispatcher()

  open fun onCreate(state: Bundle?) {}
  open fun onStart() {}
  open fun onStop() {}
  open fun onDestroy() {}
  open fun onPictureInPictureModeChanged(active: Boolean, configuration: Configuration) {}

  fun registerForActivityResult(
    @Suppress("UNUSED_PARAMETER") contract: ActivityResultContracts.RequestMultiplePermissions,
    done: (Map<String, Boolean>) -> Unit
  ) = ActivityResultLauncher(done)

  fun checkSelfPermission(permission: String) = if (permission in allowed) PERMISSION_GRANTED else -1
  fun runOnUiThread(work: () -> Unit) = work()
  fun setContentView(view: WebView) = say("shows", view === view)
  fun startActivity(intent: Intent) = say("starts", "${intent.action} ${intent.data}")
  fun enterPictureInPictureMode(@Suppress("UNUSED_PARAMETER") params: PictureInPictureParams) = true
  fun moveTaskToBack(nonRoot: Boolean): Boolean {
    say("to-back", nonRoot)
    return nonRoot
  }
  fun finish() = say("finished", true)
}

private val allowed = mutableSetOf<String>()
private var shown: WebView? = null
private var heard: (String, String, Boolean) -> Unit = { _, _, _ -> }
private var back: () -> Unit = {}

/** The app around the activity: its channel, its chat, its routes, and who is called. */
object channel {
  fun send(message: JSONObject) = say("channel", message)
}

object chat {
  fun add(record: JSONObject) = say("record", record)
}

object audioRoutes {
  fun choose(id: String) = say("route", id)
}

fun settingsOfThisCall(): JSONObject =
  JSONObject().put("contact", JSONObject().put("id", "ann").put("name", "Ann"))

fun main() {
  val activity = CallActivity()
  activity.onCreate(null)
  activity.onStart()
  generateSequence(::readLine).map { JSONObject(it) }.forEach { line ->
    when {
      line.has("text") -> heard(line.getString("text"), line.getString("origin"), line.optBoolean("mainFrame", true))
      line.has("back") -> back()
      line.has("ask") -> activity.ask(line.getString("ask"), line.getJSONObject("data"))
      line.has("goes") -> {
        val request = WebResourceRequest(Uri(line.getString("goes")))
        say("stays", shown!!.webViewClient.shouldOverrideUrlLoading(shown!!, request))
      }
      line.has("permission") -> {
        val resources = line.getJSONArray("permission")
        val names = Array(resources.length()) { resources.getString(it) }
        shown!!.webChromeClient.onPermissionRequest(PermissionRequest(Uri(line.getString("origin")), names))
      }
      line.has("stop") -> activity.onStop()
      line.has("destroy") -> activity.onDestroy()
    }
  }
}
