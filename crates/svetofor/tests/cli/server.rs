//! A server in a process of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// A server that runs; it is ended with the test.
pub struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    /// Where it is, such as `127.0.0.1:40123`.
    pub address: String,
    /// What it said before.
    pub said: String,
}

impl Server {
    /// Starts it and waits until it says where it is.
    pub fn start(mut command: Command) -> Server {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut server = Server {
            child,
            out,
            address: String::new(),
            said: String::new(),
        };
        while server.address.is_empty() {
            server.listen();
        }
        server
    }

    /// Hears one more line of it.
    fn listen(&mut self) {
        let before = self.said.len();
        if self.out.read_line(&mut self.said).unwrap() == 0 {
            let mut err = String::new();
            let stderr = self.child.stderr.as_mut();
            stderr.unwrap().read_to_string(&mut err).unwrap();
            panic!("it ended: {}{err}", self.said);
        }
        let line = self.said[before..].trim();
        if let Some((_, address)) = line.split_once("http://") {
            self.address = address.to_owned();
        }
    }

    /// The link of the first start.
    pub fn link(&mut self) -> String {
        let mut lines = String::new();
        self.out.read_line(&mut lines).unwrap();
        self.out.read_line(&mut lines).unwrap();
        let (_, link) = lines.trim().split_once(&self.address).expect(&lines);
        link.to_owned()
    }

    pub fn get(&self, path: &str) -> String {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        ))
    }

    /// What a program with a token gets.
    pub fn get_by(&self, path: &str, token: &str) -> String {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
             Authorization: Bearer {token}\r\n\r\n"
        ))
    }

    pub fn post(&self, path: &str, form: &str) -> String {
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
            form.len()
        ))
    }

    fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Ends it without any notice.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Tells it to stop; what it has said.
    pub fn stop(mut self) -> Output {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(&id).status().unwrap().success());
        let mut rest = Vec::new();
        self.out.read_to_end(&mut rest).unwrap();
        let mut err = Vec::new();
        let stderr = self.child.stderr.take();
        stderr.unwrap().read_to_end(&mut err).unwrap();
        Output {
            status: self.child.wait().unwrap(),
            stdout: rest,
            stderr: err,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
