using System.Text.RegularExpressions;

namespace JadaSnapshot.Engine.Secrets;

/// <summary>What a secret looks like in a text.</summary>
/// <param name="What">What it is, in words.</param>
/// <param name="Triggers">Texts of which one stands in every such secret; the expression is not tried without.</param>
/// <param name="Expression">What it looks like. A group <c>value</c> is what may also be a placeholder.</param>
/// <param name="IsTextOnly">Whether it is looked for in text alone: in programs such names stand by themselves.</param>
internal sealed record SecretSign(string What, string[] Triggers, string Expression, bool IsTextOnly = false)
{
    private readonly Lazy<Regex> _expression = new(() => new(Expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture));

    private const string Names = "password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential";
    private static readonly string[] NameTriggers = ["passw", "passphrase", "secret", "token", "apikey", "api_key", "api-key", "access_key", "accesskey", "access-key", "private_key", "privatekey", "private-key", "credential"];

    /// <summary>All of them. Prefixes are those that the issuers document, so that their own scanners find them.</summary>
    public static IReadOnlyList<SecretSign> All { get; } =
    [
        new("a private key", ["PRIVATE KEY"], @"-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----(\\[rn]|\s|[A-Za-z-]+: [^\r\n]{0,200}|=[^\r\n]{4}\s){1,20}[A-Za-z0-9+/]{40}"),
        new("a private key (DER)", ["\u0002\u0001"], @"\A0[\x81-\x83][\s\S]{1,3}\x02\x01[\x020]"),
        new("a PuTTY private key", ["PuTTY-User-Key-File"], @"^PuTTY-User-Key-File-[0-9]+:"),
        new("an age secret key", ["AGE-SECRET-KEY-1"], "AGE-SECRET-KEY-1[0-9A-Z]{50}"),
        new("an AWS secret access key", ["secret"], @"(?i)aws.?secret(.?access)?.?key[""']?\s{0,4}[:=>]{1,2}\s{0,4}[""']?(?<value>[A-Za-z0-9/+]{40})\b"),
        new("an AWS access key", ["AKIA", "ASIA"], @"\bA(K|S)IA[A-Z2-7]{16}\b[^A-Za-z0-9/+]{1,8}([A-Za-z_]{1,24}[^A-Za-z0-9/+]{1,8}){0,3}(?<value>[A-Za-z0-9/+]{40})\b"),
        new("a GitHub token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"], @"\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60})"),
        new("a GitLab token", ["glpat-"], @"\bglpat-[A-Za-z0-9_-]{20}"),
        new("a Slack token", ["xox"], @"\bxox[abeoprs]-[0-9A-Za-z-]{10}"),
        new("a Slack webhook", ["hooks.slack.com/"], @"hooks\.slack\.com/services/T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/[A-Za-z0-9]{16}"),
        new("a Stripe key", ["k_live_"], @"\b(sk|rk)_live_[0-9A-Za-z]{16}"),
        new("a Google API key", ["AIza"], @"\bAIza[0-9A-Za-z_-]{35}"),
        new("a Google OAuth secret or token", ["GOCSPX-", "ya29.", "1//0"], @"(GOCSPX-[A-Za-z0-9_-]{28}|\bya29\.[A-Za-z0-9_-]{30}|\b1//0[A-Za-z0-9_-]{30})"),
        new("an npm token", ["npm_", "_authToken", "_auth"], @"\bnpm_[A-Za-z0-9]{36}|_(authToken|auth)\s*=\s*(?<value>[^\s$]{8,})"),
        new("a PyPI token", ["pypi-AgE"], @"\bpypi-AgE[A-Za-z0-9_-]{50}"),
        new("a SendGrid key", ["SG."], @"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
        new("a DigitalOcean token", ["dop_v1_", "doo_v1_", "dor_v1_"], @"\bdo[opr]_v1_[0-9a-f]{64}"),
        new("an AI service's key", ["sk-"], @"\bsk-(?<value>(ant-|proj-)?[A-Za-z0-9_-]{40})"),
        new("a Telegram bot's token", [":AA"], @"\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}\b"),
        new("an Azure storage key", ["AccountKey="], @"AccountKey=[A-Za-z0-9+/]{86}=="),
        new("a signed token (JWT)", ["eyJ"], @"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20}"),
        new("a password in an address", ["://"], @"\b[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/:@""'<>]{0,100}:(?<value>[^\s/:@""'<>]{3,200})@[A-Za-z0-9\[]", IsTextOnly: true),
        new("a token in a document", ["_token", "client_secret", "clientSecret", "Token"], @"""(refresh_token|access_token|id_token|client_secret|clientSecret|refreshToken|accessToken|SecretAccessKey|SessionToken)""\s*:\s*""(?<value>[^""\s]{16,})""", IsTextOnly: true),
        new("a value that is named as a secret", NameTriggers, $@"(?i)[A-Za-z0-9_.-]{{0,60}}({Names})[A-Za-z0-9_.-]{{0,20}}[""']?\s{{0,4}}(:|=|=>|:=)\s{{0,4}}[""'](?<value>[^""'\s]{{6,}})[""']", IsTextOnly: true),
        new("a variable that is named as a secret", NameTriggers, @"^\s*(export |set |declare -x |\$env:|ENV )?[A-Z0-9_]{0,60}(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY)[A-Z0-9_]{0,20}\s?=\s?(?<value>[^\s""'()\[\]]{6,})\s*$", IsTextOnly: true),
        new("a value in a property list that is named as a secret", ["<key>"], $@"(?i)<key>[^<]{{0,60}}({Names})[^<]{{0,20}}</key>\s*<string>(?<value>[^<\s]{{6,}})</string>", IsTextOnly: true),
    ];

    /// <summary>Whether such a secret stands in a text.</summary>
    public bool IsIn(string text)
    {
        if (!Array.Exists(Triggers, trigger => text.Contains(trigger, StringComparison.OrdinalIgnoreCase))) return false;
        for (var match = _expression.Value.Match(text); match.Success; match = match.NextMatch())
            if (!match.Groups["value"].Success || IsLikely(match.Groups["value"].ValueSpan)) return true;
        return false;
    }

    // Letters and digits mixed, and none of what stands where a value goes in later.
    private static bool IsLikely(ReadOnlySpan<char> value)
    {
        foreach (var placeholder in Placeholders)
            if (value.Contains(placeholder, StringComparison.OrdinalIgnoreCase)) return false;
        return value.ContainsAnyInRange('0', '9') && (value.ContainsAnyInRange('a', 'z') || value.ContainsAnyInRange('A', 'Z'));
    }

    private static readonly string[] Placeholders = ["$", "{{", "<", "%(", "***", "xxxx", "example", "changeme", "placeholder", "your", "://", "process.env", "jada:"];
}
