//! What to tell a user whose machine has no PostgreSQL server.

use std::fs;

/// The command that installs a PostgreSQL server on this system, or a sentence where the system is not known.
pub fn install_command() -> String {
    if cfg!(target_os = "macos") {
        return "brew install postgresql@17".to_owned();
    }
    let text = fs::read_to_string("/etc/os-release").or_else(|_| fs::read_to_string("/usr/lib/os-release"));
    command_for(&text.unwrap_or_default()).to_owned()
}

/// The command that installs the client programs of a major, or a sentence where the system is not known.
pub fn client_command(major: u32) -> String {
    let install = install_command();
    match install.split_whitespace().next() {
        Some("brew") => format!("brew install postgresql@{major}"),
        Some("apt-get") => format!("apt-get install postgresql-{major} postgresql-client-{major}"),
        Some("dnf") => format!("dnf install postgresql{major} postgresql{major}-server"),
        Some("apk") => format!("apk add postgresql{major} postgresql{major}-client"),
        Some("zypper") => format!("zypper install postgresql{major} postgresql{major}-server"),
        Some("pacman") => install,
        _ => format!("install the PostgreSQL {major} server and client packages of your system"),
    }
}

/// From the text of `os-release(5)`. `ID` is looked at before `ID_LIKE`, which lists the closest relative first.
fn command_for(os_release: &str) -> &'static str {
    let value = |key: &str| {
        let line = os_release.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
        line.unwrap_or_default().trim_matches(['"', '\'']).to_owned()
    };
    let (id, like) = (value("ID"), value("ID_LIKE"));
    std::iter::once(id.as_str())
        .chain(like.split_whitespace())
        .find_map(|system| match system {
            "debian" | "ubuntu" => Some("apt-get install postgresql"),
            "fedora" | "rhel" | "centos" => Some("dnf install postgresql-server"),
            "arch" => Some("pacman -S postgresql"),
            "alpine" => Some("apk add postgresql"),
            "suse" | "opensuse" => Some("zypper install postgresql-server"),
            _ => None,
        })
        .unwrap_or("install the PostgreSQL server package of your system")
}

#[cfg(test)]
mod tests {
    use super::command_for;

    #[test]
    fn each_family_has_its_own_command() {
        let cases = [
            ("ID=debian\n", "apt-get"),
            ("NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", "apt-get"),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "dnf"),
            ("ID=arch\n", "pacman"),
            ("ID=alpine\n", "apk"),
            ("ID=opensuse-leap\nID_LIKE=\"suse opensuse\"\n", "zypper"),
        ];
        for (text, command) in cases {
            assert!(command_for(text).starts_with(command), "{text}");
        }
        assert!(command_for("").contains("PostgreSQL server package"));
    }
}
