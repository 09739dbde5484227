//! Connections to PostgreSQL that break while a commit is under way: nobody can know its outcome,
//! and repeating it with the same key is harmless.

use crate::bed::{Bed, runtime, server};
use crate::samples::orders;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use store::{Error, Store};

/// A proxy before the server that, when armed, breaks the connection at the next `COMMIT`:
/// before the server gets it, or after the server has answered.
struct Proxy {
    port: u16,
    armed: Arc<AtomicBool>,
}

impl Proxy {
    fn start(server: String, reaches_server: bool) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let armed = Arc::new(AtomicBool::new(false));
        let trap = armed.clone();
        thread::spawn(move || {
            for client in listener.incoming() {
                let (client, server) = (client.unwrap(), TcpStream::connect(&server).unwrap());
                // Set while the connection is being broken: then answers go nowhere.
                let mute = Arc::new(AtomicBool::new(false));
                let back = (server.try_clone().unwrap(), client.try_clone().unwrap(), mute.clone());
                thread::spawn(move || answers(back.0, back.1, &back.2));
                let trap = trap.clone();
                thread::spawn(move || requests(client, server, &trap, &mute, reaches_server));
            }
        });
        Proxy { port, armed }
    }
}

fn requests(mut client: TcpStream, mut server: TcpStream, trap: &AtomicBool, mute: &AtomicBool, reach: bool) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = client.read(&mut buffer) {
        let message = &buffer[..length];
        let commits = message.windows(6).any(|window| window == b"COMMIT");
        if commits && trap.swap(false, Ordering::SeqCst) {
            mute.store(true, Ordering::SeqCst);
            if reach {
                server.write_all(message).unwrap();
                // `answers` ends the connection when the server has answered.
                return;
            }
            break;
        }
        if server.write_all(message).is_err() {
            break;
        }
    }
    end(&client, &server);
}

fn answers(mut server: TcpStream, mut client: TcpStream, mute: &AtomicBool) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = server.read(&mut buffer) {
        if mute.load(Ordering::SeqCst) || client.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    end(&client, &server);
}

/// Ends both connections, whichever side did already.
fn end(client: &TcpStream, server: &TcpStream) {
    for side in [client, server] {
        let _ = side.shutdown(Shutdown::Both);
    }
}

#[test]
fn a_commit_whose_answer_is_lost_is_unknown_and_can_be_repeated() {
    let Some(server) = server() else { return };
    for reaches_server in [true, false] {
        runtime().block_on(async {
            let bed = Bed::postgres().await.unwrap();
            let address = server.split(['@', '/']).find(|part| part.contains(':') && !part.ends_with(':'));
            let address = address.unwrap().to_owned();
            let proxy = Proxy::start(address.clone(), reaches_server);
            let place = bed.place.replace(&address, &format!("127.0.0.1:{}", proxy.port));
            let store = Store::open(&place).await.unwrap();
            store.commit(&orders("a"), 1).await.unwrap();

            proxy.armed.store(true, Ordering::SeqCst);
            let lost = store.commit(&orders("b"), 2).await;
            assert!(matches!(lost, Err(Error::Unknown { .. })), "{lost:?}");
            let found = store.import_by_key("b").await.unwrap();
            assert_eq!(found.is_some(), reaches_server);
            let repeated = store.commit(&orders("b"), 3).await.unwrap();
            assert_eq!(repeated.import, 2);
            assert_eq!(repeated.committed_at, if reaches_server { 2 } else { 3 });
            assert_eq!(store.imports().await.unwrap().len(), 2);

            proxy.armed.store(true, Ordering::SeqCst);
            let lost = store.undo(1, 4).await;
            assert!(matches!(lost, Err(Error::Unknown { .. })), "{lost:?}");
            let repeated = store.undo(1, 5).await;
            if reaches_server {
                assert!(matches!(repeated, Err(Error::AlreadyUndone { .. })), "{repeated:?}");
            } else {
                repeated.unwrap();
            }
        });
    }
}

#[test]
fn a_server_that_ends_connections_is_reached_again() {
    runtime().block_on(async {
        let Some(bed) = Bed::postgres().await else { return };
        let place = format!("{}%20-c%20application_name%3Dended{}", bed.place, std::process::id());
        let store = Store::open(&place).await.unwrap();
        store.commit(&orders("a"), 1).await.unwrap();
        let end = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ended{}'",
            std::process::id()
        );
        bed.run(&end).await;
        assert_eq!(store.imports().await.unwrap().len(), 1);
        bed.run(&end).await;
        store.commit(&orders("b"), 2).await.unwrap();
    });
}
