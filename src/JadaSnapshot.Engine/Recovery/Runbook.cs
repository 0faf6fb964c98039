using System.Text;
using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>Writes <c>RECOVERY.md</c>: how to bring back what is in a snapshot with tools that everybody has. Each layer's part lies beside the layer.</summary>
internal sealed class Runbook : ISnapshotSummary
{
    private const string Part = "Recovery.md";

    // What others refer to goes first: a function needs its role, a distribution its certificate and its origins, a record its target.
    private static readonly string[] Order = ["iam", "dynamodb", "lambda", "apigateway", "s3", "acm", "cloudfront", "route53", "appsscript", "localfiles"];

    public string Path => "RECOVERY.md";

    /// <summary>The layers stand in the order in which they go back.</summary>
    public byte[] Write(CapturedEstate estate)
    {
        var text = new StringBuilder($"""
            # Recovery from {estate.Name}

            This is a snapshot of the AWS account {estate.Account}. `snapshot.json` says what it holds and whether it is complete,
            `problems.jsonl` what could not be captured. Before anything is put back, see that the files are those that were
            captured:

                sha256sum -c SHA256SUMS

            and that `aws sts get-caller-identity` names the account that you mean. Then, in this order:


            """);
        var ordered = estate.Layers.OrderBy(layer => Array.IndexOf(Order, layer) is var place and >= 0 ? place : Order.Length).ThenBy(layer => layer, StringComparer.Ordinal);
        foreach (var layer in ordered)
            if (LayerCatalog.ReadText(layer, Part) is { } part) text.Append(part.TrimEnd()).Append("\n\n");
        return Encoding.UTF8.GetBytes(text.ToString().TrimEnd() + "\n");
    }
}
