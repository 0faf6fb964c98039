using System.Text;
using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>Writes <c>RECOVERY.md</c>: how to bring back what is in a snapshot with tools that everybody has.</summary>
internal sealed class Runbook : ISnapshotSummary
{
    private static readonly Dictionary<string, string> Sections = new(StringComparer.Ordinal)
    {
        ["s3"] = """
            ## Buckets

            Objects lie under `s3-buckets/<bucket>/`. A name on disk is its key, but for bytes that some file system cannot
            hold: those stand as `%` and two hexadecimal digits. The exact key, the content type and every other header, the
            user metadata and the tags of each object stand in `manifest.jsonl`. One object:

                aws s3api put-object --bucket BUCKET --key KEY --body s3-buckets/BUCKET/FILE --content-type TYPE

            The objects of a bucket that the manifest shows with a name other than their path, to be put back one by one:

                jq -r 'select(.layer == "s3" and .object) | select(.path | contains("%")) | [.path, .object.key] | @tsv' manifest.jsonl

            All others at once (content types are guessed from the names):

                aws s3 sync s3-buckets/BUCKET s3://BUCKET --exclude "*%*"

            A bucket's configuration lies in `aws-configs/s3/<bucket>/`, one document for each setting that it has, as S3 sent
            it. `policy.json` goes back as it is:

                aws s3api put-bucket-policy --bucket BUCKET --policy file://aws-configs/s3/BUCKET/policy.json

            The XML documents are what S3's own PUT requests take.

            What a versioned bucket kept of overwritten and deleted objects stands in its `versions.jsonl`. Where the bytes were
            captured too (`allVersions` in `snapshot.json`), they lie under `s3-versions/<bucket>/<key>/<version id>` and go back
            as any object does; a version that is put back gets a new version id.
            """,
        ["lambda"] = """
            ## Functions

            Code, configuration and resource policy lie in `lambda-functions/<function>/<region>/`. The code of a function
            that is there:

                aws lambda update-function-code --region REGION --function-name FUNCTION --zip-file fileb://lambda-functions/FUNCTION/REGION/code.zip

            A function that is gone is made with `aws lambda create-function`; role, runtime, handler, layers, memory and
            timeout stand in `function.json` under `Configuration`. The values of environment variables are not in this
            snapshot: a keyed fingerprint stands in place of each. Layer versions, with their content, lie in
            `aws-configs/lambda/layers/<region>/<account>/<layer>/<version>/` and go back by `aws lambda publish-layer-version`.
            """,
        ["cloudfront"] = """
            ## Distributions

            `aws-configs/cloudfront/distributions/<id>/distribution.xml` is the whole configuration, `tags.xml` the tags. To
            change a distribution back, ask for its present ETag (`aws cloudfront get-distribution-config --id ID`) and send
            the `DistributionConfig` with `aws cloudfront update-distribution --id ID --if-match ETAG`. Values of custom
            origin headers are not in this snapshot: a keyed fingerprint stands in place of each.
            """,
        ["route53"] = """
            ## Zones

            `aws-configs/route53/<zone>/<id>/record-sets-*.xml` hold every record set, `hosted-zone.xml` the zone with its
            name servers. Records go back by `aws route53 change-resource-record-sets`, with the action `UPSERT`, alias
            targets before the aliases that name them. A zone that is made anew has new name servers: the registrar must
            learn them, and the `NS` and `SOA` records of the zone's own name stay those of the new zone.
            """,
        ["dynamodb"] = """
            ## Tables

            `aws-configs/dynamodb/<region>/<table>/table.json` is the table's description: key schema, attribute definitions,
            indexes, billing mode and streams are what `aws dynamodb create-table` asks for. `time-to-live.json`,
            `continuous-backups.json` and `tags.json` stand beside it. Items are not in this snapshot: they come back from
            point-in-time recovery or AWS Backup.
            """,
    };

    private static readonly string[] Order = ["dynamodb", "lambda", "s3", "cloudfront", "route53"];

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
        foreach (var layer in Order.Where(estate.Layers.Contains)) text.Append(Sections[layer]).Append("\n\n");
        return Encoding.UTF8.GetBytes(text.ToString().TrimEnd() + "\n");
    }
}
