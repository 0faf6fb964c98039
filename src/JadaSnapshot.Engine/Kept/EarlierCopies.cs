using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Kept;

/// <summary>What the base knows of the copies of a bucket, looked up in the order of keys.</summary>
internal sealed class EarlierCopies : IDisposable
{
    private readonly Action<string>? _warn;
    private readonly IEnumerator<KeptObject>? _lines;
    private bool _isAtLine;

    /// <param name="document">The base's document; null where it has none.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="place">Where copies lie now.</param>
    /// <param name="warn">Is told where it cannot be read: what it does not say is looked up.</param>
    public EarlierCopies(Stream? document, string name, S3Place place, Action<string>? warn)
    {
        _warn = warn;
        _lines = document is null ? null : CopiesDocument.Read(document, name, place).GetEnumerator();
        Move();
    }

    /// <summary>What it says of a key. Keys are asked for in their order.</summary>
    public KeptObject? Find(string key)
    {
        while (_isAtLine && Utf8Order.Instance.Compare(_lines!.Current.Key, key) < 0) Move();
        return _isAtLine && _lines!.Current.Key == key ? _lines.Current : null;
    }

    public void Dispose() => _lines?.Dispose();

    private void Move()
    {
        try
        {
            _isAtLine = _lines?.MoveNext() == true;
        }
        catch (StoreException exception)
        {
            _isAtLine = false;
            _warn?.Invoke($"What the base knows of copies is of no use: {exception.Message}");
        }
    }
}
