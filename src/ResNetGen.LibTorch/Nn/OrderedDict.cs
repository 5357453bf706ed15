namespace TorchSharp.Utils;

using System.Collections;
using System.Diagnostics.CodeAnalysis;

/// <summary>A dictionary that keeps the order of insertion: entries in a list, and each key's value beside it.</summary>
#pragma warning disable CS8714 // TorchSharp's type parameter has no notnull constraint; a null key fails when it is used
public class OrderedDict<TKey, TValue> : IDictionary<TKey, TValue>, IList<(TKey, TValue)>
{
    private readonly List<(TKey, TValue)> _list = [];
    private readonly Dictionary<TKey, TValue> _dict = [];

    public int Count => _list.Count;

    public bool IsReadOnly => false;

    public ICollection<TKey> Keys => _list.ConvertAll(entry => entry.Item1);

    public ICollection<TValue> Values => _list.ConvertAll(entry => entry.Item2);

    /// <summary>Setting a known key keeps its place; a new one goes to the end.</summary>
    public TValue this[TKey key]
    {
        get => _dict[key];
        set
        {
            if (!_dict.ContainsKey(key))
            {
                Add(key, value);
                return;
            }
            _dict[key] = value;
            _list[IndexOf(key)] = (key, value);
        }
    }

    public (TKey, TValue) this[int index]
    {
        get => _list[index];
        set
        {
            var (oldKey, _) = _list[index];
            if (!EqualityComparer<TKey>.Default.Equals(oldKey, value.Item1))
            {
                _dict.Add(value.Item1, value.Item2); // refuses a key that is at another place
                _dict.Remove(oldKey);
            }
            else
            {
                _dict[oldKey] = value.Item2;
            }
            _list[index] = value;
        }
    }

    public void Add(TKey key, TValue value)
    {
        _dict.Add(key, value);
        _list.Add((key, value));
    }

    public void Add((TKey, TValue) item) => Add(item.Item1, item.Item2);

    public void Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    public void Insert(int index, (TKey, TValue) item)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)index, (uint)_list.Count, nameof(index));
        _dict.Add(item.Item1, item.Item2);
        _list.Insert(index, item);
    }

    public bool Remove(TKey key)
    {
        if (!_dict.Remove(key))
            return false;
        _list.RemoveAt(IndexOf(key));
        return true;
    }

    public bool Remove((TKey, TValue) item) => Contains(item) && Remove(item.Item1);

    public bool Remove(KeyValuePair<TKey, TValue> item) => Remove((item.Key, item.Value));

    public void RemoveAt(int index) => Remove(_list[index].Item1);

    public void Clear()
    {
        _dict.Clear();
        _list.Clear();
    }

    public void clear() => Clear();

    public bool ContainsKey(TKey key) => _dict.ContainsKey(key);

    public bool Contains((TKey, TValue) item) => _list.Contains(item);

    public bool Contains(KeyValuePair<TKey, TValue> item) => Contains((item.Key, item.Value));

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => _dict.TryGetValue(key, out value);

    public int IndexOf((TKey, TValue) item) => _list.IndexOf(item);

    public void CopyTo((TKey, TValue)[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex) => Pairs().ToList().CopyTo(array, arrayIndex);

    public IEnumerator<(TKey, TValue)> GetEnumerator() => _list.GetEnumerator();

    public IEnumerator<(TKey, TValue)> items() => _list.GetEnumerator();

    public IEnumerable<TKey> keys() => _list.Select(entry => entry.Item1);

    public IEnumerable<TValue> values() => _list.Select(entry => entry.Item2);

    IEnumerator IEnumerable.GetEnumerator() => _list.GetEnumerator();

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => Pairs().GetEnumerator();

    private IEnumerable<KeyValuePair<TKey, TValue>> Pairs() => _list.Select(entry => KeyValuePair.Create(entry.Item1, entry.Item2));

    private int IndexOf(TKey key) => _list.FindIndex(entry => EqualityComparer<TKey>.Default.Equals(entry.Item1, key));
}
