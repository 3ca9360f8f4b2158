//! What the fuzz targets share.

use history::read::{Options, read_folder};

/// Reads a history folder in which one file holds `bytes`; whatever comes of it, it comes as
/// a result.
pub fn read_with(file: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path().join(name), bytes).expect("the file is written");
    };
    write("account.json", br#"{"name": "n", "timezone": "UTC", "currency": "RUB"}"#);
    write("stages.csv", b"pipeline,stage,kind\np,new,open\np,won,won\n");
    write("employees.csv", b"id,name,group,role,active\nu1,Ann,g1,seller,true\n");
    if !file.starts_with("events") {
        write("events.csv", b"deal,at,kind,stage\nd1,1000,created,new\n");
    }
    write(file, bytes);
    let _ = read_folder(folder.path(), &Options::default());
}
