namespace JadaSnapshot.Sandbox.Estate.Mail;

/// <summary>What becomes of mail that comes in: a set of rules that is in use, and the one before it.</summary>
internal static class ReceiptBuilder
{
    public const string Active = "jada-inbound";

    public static async Task BuildAsync(EstateScript script)
    {
        await script.SesAsync("CreateReceiptRuleSet", new KeyValuePair<string, string>("RuleSetName", "jada-inbound-2024"));
        await script.SesAsync("CreateReceiptRule", new("RuleSetName", "jada-inbound-2024"), new("Rule.Name", "refuse"), new("Rule.Enabled", "true"),
            new("Rule.Actions.member.1.BounceAction.SmtpReplyCode", "550"), new("Rule.Actions.member.1.BounceAction.StatusCode", "5.1.1"),
            new("Rule.Actions.member.1.BounceAction.Message", "Mailbox does not exist"), new("Rule.Actions.member.1.BounceAction.Sender", IdentityBuilder.Captain));

        script.Clock.Pass(TimeSpan.FromDays(40));
        await script.SesAsync("CreateReceiptRuleSet", new KeyValuePair<string, string>("RuleSetName", Active));
        await script.SesAsync("CreateReceiptRule", new("RuleSetName", Active), new("Rule.Name", "keep"), new("Rule.Enabled", "true"), new("Rule.TlsPolicy", "Require"), new("Rule.ScanEnabled", "true"),
            new("Rule.Recipients.member.1", $"crew@{EstateNames.Sail}"), new("Rule.Recipients.member.2", $".{EstateNames.Queen}"),
            new("Rule.Actions.member.1.S3Action.BucketName", EstateNames.OddKeysBucket), new("Rule.Actions.member.1.S3Action.ObjectKeyPrefix", "mail/"));
        await script.SesAsync("CreateReceiptRule", new("RuleSetName", Active), new("After", "keep"), new("Rule.Name", "contact-form"), new("Rule.Enabled", "true"),
            new("Rule.Recipients.member.1", $"contact@{EstateNames.Sail}"),
            new("Rule.Actions.member.1.AddHeaderAction.HeaderName", "X-Site"), new("Rule.Actions.member.1.AddHeaderAction.HeaderValue", EstateNames.Sail),
            new("Rule.Actions.member.2.LambdaAction.FunctionArn", $"arn:aws:lambda:{EstateNames.West}:{script.World.Account}:function:contact-form"),
            new("Rule.Actions.member.2.LambdaAction.InvocationType", "Event"),
            new("Rule.Actions.member.3.StopAction.Scope", "RuleSet"));
        await script.SesAsync("SetActiveReceiptRuleSet", new KeyValuePair<string, string>("RuleSetName", Active));
        await script.SesAsync("CreateReceiptFilter", new("Filter.Name", "spammers"), new("Filter.IpFilter.Policy", "Block"), new("Filter.IpFilter.Cidr", "198.51.100.0/24"));
    }
}
