namespace JadaSnapshot.Sandbox.Estate.Apis;

/// <summary>How APIs speak of functions and of the estate's other parts.</summary>
internal sealed record ApiAddresses(string Account)
{
    public string Function(string name) => $"arn:aws:lambda:{EstateNames.West}:{Account}:function:{name}";

    public string Invocation(string function) => $"arn:aws:apigateway:{EstateNames.West}:lambda:path/2015-03-31/functions/{Function(function)}/invocations";

    public string LogGroup(string api) => $"arn:aws:logs:{EstateNames.West}:{Account}:log-group:/api/{api}";

    public string Certificate(string id) => $"arn:aws:acm:{EstateNames.West}:{Account}:certificate/{id}";
}
