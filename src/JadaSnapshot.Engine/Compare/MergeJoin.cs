using System.Runtime.CompilerServices;

namespace JadaSnapshot.Engine.Compare;

/// <summary>What stands under one key on two sides; at least one of them has something.</summary>
internal readonly record struct Pair<TLeft, TRight>(TLeft? Left, TRight? Right)
    where TLeft : class
    where TRight : class;

/// <summary>The one loop of every comparison: two sides in the order of their keys, read together in bounded memory.</summary>
internal static class MergeJoin
{
    /// <exception cref="InvalidDataException">A side is not in strict order: then nothing can be said of what the other has alone.</exception>
    public static async IAsyncEnumerable<Pair<TLeft, TRight>> JoinAsync<TLeft, TRight>(
        IAsyncEnumerable<TLeft> left, Func<TLeft, string> leftKey, IAsyncEnumerable<TRight> right, Func<TRight, string> rightKey,
        IComparer<string> order, [EnumeratorCancellation] CancellationToken cancel)
        where TLeft : class
        where TRight : class
    {
        await using var lefts = new Side<TLeft>(left, leftKey, order, cancel);
        await using var rights = new Side<TRight>(right, rightKey, order, cancel);
        await lefts.MoveAsync();
        await rights.MoveAsync();
        while (lefts.Current is not null || rights.Current is not null)
        {
            var comparison = lefts.Current is null ? 1 : rights.Current is null ? -1 : order.Compare(lefts.Key, rights.Key);
            yield return new(comparison <= 0 ? lefts.Current : null, comparison >= 0 ? rights.Current : null);
            if (comparison <= 0) await lefts.MoveAsync();
            if (comparison >= 0) await rights.MoveAsync();
        }
    }

    private sealed class Side<T>(IAsyncEnumerable<T> items, Func<T, string> keyOf, IComparer<string> order, CancellationToken cancel) : IAsyncDisposable
        where T : class
    {
        private readonly IAsyncEnumerator<T> _items = items.GetAsyncEnumerator(cancel);

        public T? Current { get; private set; }

        public string? Key { get; private set; }

        public async ValueTask MoveAsync()
        {
            Current = await _items.MoveNextAsync() ? _items.Current : null;
            if (Current is null) return;
            var key = keyOf(Current);
            if (Key is not null && order.Compare(Key, key) >= 0) throw new InvalidDataException($"'{key}' comes after '{Key}': what should be in order is not.");
            Key = key;
        }

        public ValueTask DisposeAsync() => _items.DisposeAsync();
    }
}
