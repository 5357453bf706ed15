namespace TorchSharp
{
    using TorchSharp.Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
            {
                var dict = new ModuleDict<T>();
                foreach (var (name, module) in modules)
                    dict.Add(name, module);
                return dict;
            }
        }
    }
}

namespace TorchSharp.Modules
{
    using System.Collections;
    using System.Diagnostics.CodeAnalysis;
    using TorchSharp.Utils;
    using static TorchSharp.torch;

    /// <summary>Modules by name, in order of insertion; they are registered when a parent registers the dictionary.</summary>
    public class ModuleDict<T> : nn.Module, IDictionary<string, T>, IList<(string, T)> where T : nn.Module
    {
        private readonly OrderedDict<string, T> _dict = new();
        private bool _registered;

        public ModuleDict() : base(nameof(ModuleDict<T>)) { }

        protected override void RegisterComponents()
        {
            if (_registered)
                return;
            foreach (var (name, module) in _dict)
                register_module(name, module);
            _registered = true;
        }

        public T this[string key]
        {
            get => _dict[key];
            set => _dict[key] = value;
        }

        public (string, T) this[int index]
        {
            get => _dict[index];
            set => _dict[index] = value;
        }

        public int Count => _dict.Count;

        public bool IsReadOnly => false;

        public ICollection<string> Keys => _dict.Keys;

        public ICollection<T> Values => _dict.Values;

        public void Add(string key, T value) => _dict.Add(key, value);

        public void Add((string, T) item) => _dict.Add(item);

        public void Add(KeyValuePair<string, T> item) => _dict.Add(item);

        public void Insert(int index, (string, T) item) => _dict.Insert(index, item);

        public bool Remove(string key) => _dict.Remove(key);

        public bool Remove((string, T) item) => _dict.Remove(item);

        public bool Remove(KeyValuePair<string, T> item) => _dict.Remove(item);

        public void RemoveAt(int index) => _dict.RemoveAt(index);

        public void Clear() => _dict.Clear();

        public void clear() => _dict.Clear();

        public bool ContainsKey(string key) => _dict.ContainsKey(key);

        public bool Contains((string, T) item) => _dict.Contains(item);

        public bool Contains(KeyValuePair<string, T> item) => _dict.Contains(item);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _dict.TryGetValue(key, out value);

        public int IndexOf((string, T) item) => _dict.IndexOf(item);

        public void CopyTo((string, T)[] array, int arrayIndex) => _dict.CopyTo(array, arrayIndex);

        public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => _dict.CopyTo(array, arrayIndex);

        public IEnumerator<(string, T)> GetEnumerator() => _dict.GetEnumerator();

        public IEnumerator<(string, T)> items() => _dict.items();

        public IEnumerable<string> keys() => _dict.keys();

        public IEnumerable<T> values() => _dict.values();

        IEnumerator IEnumerable.GetEnumerator() => _dict.GetEnumerator();

        IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator()
            => ((IEnumerable<KeyValuePair<string, T>>)_dict).GetEnumerator();
    }
}
