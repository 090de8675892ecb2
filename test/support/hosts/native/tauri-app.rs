//! The app around the documentation's `call.rs`: its contacts, channel and chat, each a line of what it was told.
#![deny(warnings)]
mod call;

mod browser {
    pub fn open_call(_app: &tauri::AppHandle) {
        tauri::say(serde_json::json!({ "browser": true }));
    }
}
mod channel {
    pub fn send(message: &serde_json::Value) {
        tauri::say(serde_json::json!({ "channel": message }));
    }
}
mod chat {
    pub fn add(record: &serde_json::Value) {
        tauri::say(serde_json::json!({ "record": record }));
    }
}
mod contacts {
    pub fn settings_of_this_call() -> serde_json::Value {
        serde_json::json!({ "contact": { "id": "ann", "name": "Ann" } })
    }
}
mod uuid {
    pub struct Uuid;
    impl Uuid {
        pub fn new_v4() -> &'static str {
            "6f1c2f0e-8a51-4c5e-9f57-5f7f2d2f6a10"
        }
    }
}

fn set_up(app: &tauri::AppHandle) {
    call::open(app).unwrap();
}

fn asked(app: &tauri::AppHandle, verb: &str, data: serde_json::Value) {
    let call = tauri::Manager::state::<call::Call>(app);
    call::ask(app, &call, verb, data);
}

fn main() {
    let builder = BUILDER;
    builder.run(set_up, asked);
}
