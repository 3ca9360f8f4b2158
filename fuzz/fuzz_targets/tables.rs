#![no_main]

const FILES: [&str; 6] = [
    "account.json",
    "groups.csv",
    "employees.csv",
    "memberships.csv",
    "absences.csv",
    "stages.csv",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((which, bytes)) = bytes.split_first() {
        fuzz::read_with(FILES[*which as usize % FILES.len()], bytes);
    }
});
