using System.IO.Enumeration;

namespace JadaSnapshot.Engine.Secrets;

/// <summary>Files that are secrets by what they are called.</summary>
internal static class SecretNames
{
    private static readonly (string Pattern, string What)[] Table =
    [
        (".env", "an environment file"),
        (".env.*", "an environment file"),
        ("*.env", "an environment file"),
        ("*.pfx", "a certificate with its key (PKCS #12)"),
        ("*.p12", "a certificate with its key (PKCS #12)"),
        ("*.jks", "a key store"),
        ("*.keystore", "a key store"),
        ("*.keychain*", "a keychain"),
        ("*.kdbx", "a password database"),
        ("*.ppk", "a PuTTY private key"),
        ("id_rsa", "a private key"),
        ("id_dsa", "a private key"),
        ("id_ecdsa", "a private key"),
        ("id_ed25519", "a private key"),
        (".netrc", "passwords (netrc)"),
        ("_netrc", "passwords (netrc)"),
        (".pgpass", "passwords (PostgreSQL)"),
        (".my.cnf", "passwords (MySQL)"),
        (".htpasswd", "passwords (htpasswd)"),
        (".git-credentials", "passwords (git)"),
        (".clasprc.json", "Google credentials (clasp)"),
        ("application_default_credentials.json", "Google credentials"),
        ("client_secret*.json", "Google credentials"),
        (".aws/credentials", "AWS credentials"),
        (".aws/*/cache/*", "AWS credentials"),
        (".docker/config.json", "registry credentials"),
        (".dockercfg", "registry credentials"),
        (".kube/config", "cluster credentials"),
        (".gnupg/*", "a GnuPG key ring"),
        (".fingerprint-key", "the key of a store's fingerprints"),
        (".vault-token", "a Vault token"),
        (".s3cfg", "storage credentials"),
        (".boto", "storage credentials"),
        ("rclone.conf", "storage credentials"),
        (".terraformrc", "a Terraform token"),
        ("credentials.tfrc.json", "a Terraform token"),
    ];

    // Such files show what belongs into the real ones; their content is looked at like any other's.
    private static readonly string[] Samples = [".example", ".sample", ".template", ".dist", ".defaults", ".schema"];

    /// <summary>What a file is by its path, if that is a secret; null otherwise.</summary>
    public static string? Find(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (Array.Exists(Samples, sample => name.EndsWith(sample, StringComparison.OrdinalIgnoreCase))) return null;
        foreach (var (pattern, what) in Table)
            if (Matches(pattern, pattern.Contains('/', StringComparison.Ordinal) ? Tail(path, pattern) : name)) return what;
        return null;
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);

    // As many of the last segments as the pattern has; those after a star count as one.
    private static string Tail(string path, string pattern)
    {
        var folder = pattern[..pattern.IndexOf('/', StringComparison.Ordinal)];
        var at = ("/" + path).LastIndexOf($"/{folder}/", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? path : path[at..];
    }
}
