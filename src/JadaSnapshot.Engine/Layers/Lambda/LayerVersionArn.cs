namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>The parts of <c>arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION</c>. Layers of different accounts may share a name.</summary>
internal sealed record LayerVersionArn(string Account, string Name, string Number)
{
    /// <summary>Reads an ARN; what is none is taken for a name as it stands.</summary>
    public static LayerVersionArn Parse(string arn) =>
        arn.Split(':') is ["arn", _, "lambda", _, var account, "layer", var name, var number] ? new(account, name, number) : new("", arn, "");
}
