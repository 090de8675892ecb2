//! What an app uses of Tauri 2, over lines of JSON instead of a window: a line in is what the page of a window says
//! (`{ "window", "text" }`), where it would go (`{ "goes" }`), or what the app is asked (`{ "ask", "data" }`); a line out is an event
//! for a window (`{ "to", "event", "payload" }`), a refusal, or what became of a window.
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::io::BufRead;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

pub use tauri_macros::command;

pub type Result<T> = std::result::Result<T, std::io::Error>;

type Guard = Box<dyn Fn(&Url) -> bool + Send>;
type Handler = Box<dyn Fn(AppHandle, WebviewWindow, String) -> std::result::Result<(), String>>;

#[derive(Default)]
struct Inner {
    states: Mutex<HashMap<TypeId, &'static (dyn Any + Send + Sync)>>,
    guards: Mutex<HashMap<String, Guard>>,
}

#[derive(Clone, Default)]
pub struct AppHandle(Arc<Inner>);

pub fn say(line: serde_json::Value) {
    println!("{}", line);
}

pub trait Manager {
    fn state<T: Send + Sync + 'static>(&self) -> State<'_, T>;
}

pub trait Emitter {
    fn emit_to(&self, label: &str, event: &str, payload: String) -> Result<()>;
}

pub struct State<'r, T>(&'r T);

impl<T> Deref for State<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0
    }
}

impl Manager for AppHandle {
    fn state<T: Send + Sync + 'static>(&self) -> State<'_, T> {
        let states = self.0.states.lock().unwrap();
        let found = states.get(&TypeId::of::<T>()).expect("state() called before manage()");
        State(found.downcast_ref().unwrap())
    }
}

impl Emitter for AppHandle {
    fn emit_to(&self, label: &str, event: &str, payload: String) -> Result<()> {
        say(serde_json::json!({ "to": label, "event": event, "payload": payload }));
        Ok(())
    }
}

pub struct Url {
    scheme: String,
    host: Option<String>,
}

impl Url {
    pub fn scheme(&self) -> &str {
        &self.scheme
    }
    pub fn host_str(&self) -> Option<&str> {
        self.host.as_deref()
    }
    fn of(text: &str) -> Self {
        let (scheme, rest) = text.split_once("://").unwrap_or((text, ""));
        let host = rest.split(['/', ':', '?', '#'].as_ref()).next().unwrap_or("");
        Self { scheme: scheme.into(), host: (!host.is_empty()).then(|| host.into()) }
    }
}

pub enum WebviewUrl {
    App(PathBuf),
}

pub struct WebviewWindow {
    label: String,
}

impl WebviewWindow {
    pub fn label(&self) -> &str {
        &self.label
    }
    pub fn close(&self) -> Result<()> {
        say(serde_json::json!({ "closed": self.label }));
        Ok(())
    }
}

pub struct WebviewWindowBuilder {
    app: AppHandle,
    label: String,
    path: PathBuf,
    title: String,
    guard: Option<Guard>,
}

impl WebviewWindowBuilder {
    pub fn new(app: &AppHandle, label: &str, WebviewUrl::App(path): WebviewUrl) -> Self {
        Self { app: app.clone(), label: label.into(), path, title: String::new(), guard: None }
    }
    pub fn title(mut self, title: &str) -> Self {
        self.title = title.into();
        self
    }
    pub fn inner_size(self, _width: f64, _height: f64) -> Self {
        self
    }
    pub fn on_navigation<F: Fn(&Url) -> bool + Send + 'static>(mut self, guard: F) -> Self {
        self.guard = Some(Box::new(guard));
        self
    }
    pub fn build(self) -> Result<WebviewWindow> {
        if let Some(guard) = self.guard {
            self.app.0.guards.lock().unwrap().insert(self.label.clone(), guard);
        }
        say(serde_json::json!({ "opened": self.label, "path": self.path, "title": self.title }));
        Ok(WebviewWindow { label: self.label })
    }
}

/// Tauri finds the arguments of a command by their types: here they are those of the documentation's.
#[macro_export]
macro_rules! generate_handler {
    [$command:path] => {
        |app: $crate::AppHandle, window: $crate::WebviewWindow, text: String| {
            let handle = app.clone();
            $command(handle, window, $crate::Manager::state(&app), text)
        }
    };
}

#[derive(Default)]
pub struct Builder {
    app: AppHandle,
    handler: Option<Handler>,
}

impl Builder {
    pub fn manage<T: Send + Sync + 'static>(self, state: T) -> Self {
        // Lives as long as the app, as Tauri's does.
        let kept: &'static T = Box::leak(Box::new(state));
        self.app.0.states.lock().unwrap().insert(TypeId::of::<T>(), kept);
        self
    }
    pub fn invoke_handler<F>(mut self, handler: F) -> Self
    where
        F: Fn(AppHandle, WebviewWindow, String) -> std::result::Result<(), String> + 'static,
    {
        self.handler = Some(Box::new(handler));
        self
    }
    /// Runs until the last line. `set_up` begins the app, `asked` is what it does beside.
    pub fn run(self, set_up: fn(&AppHandle), asked: fn(&AppHandle, &str, serde_json::Value)) {
        set_up(&self.app);
        let handler = self.handler.expect("an app has commands");
        for line in std::io::stdin().lock().lines() {
            let line: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            let text = |name: &str| line[name].as_str().map(String::from);
            if let Some(address) = text("goes") {
                let may = self.app.0.guards.lock().unwrap()["call"](&Url::of(&address));
                say(serde_json::json!({ "goes": address, "may": may }));
            } else if let Some(verb) = text("ask") {
                asked(&self.app, &verb, line["data"].clone());
            } else {
                let window = WebviewWindow { label: text("window").unwrap() };
                if let Err(refusal) = handler(self.app.clone(), window, text("text").unwrap()) {
                    say(serde_json::json!({ "refused": refusal }));
                }
            }
        }
    }
}
