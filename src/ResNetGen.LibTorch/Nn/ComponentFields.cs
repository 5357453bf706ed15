namespace TorchSharp
{
    using System.Collections.Concurrent;
    using System.Reflection;
    using TorchSharp.Utils;

    public static class FieldInfoExtensionMethods
    {
        /// <summary>The key a field is registered under: its name, unless [ComponentName] says otherwise.</summary>
        public static string ComponentName(this FieldInfo field)
            => field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
    }

    /// <summary>Which fields of a module type can hold components, found once a type.</summary>
    internal static class ComponentFields
    {
        private const BindingFlags Instance = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

        private static readonly ConcurrentDictionary<Type, (string Key, FieldInfo Field)[]> Cache = new();

        /// <summary>The most derived class first, then each base; a name seen once hides later ones.</summary>
        public static (string Key, FieldInfo Field)[] Of(Type type) => Cache.GetOrAdd(type, static t => Find(t).ToArray());

        private static IEnumerable<(string, FieldInfo)> Find(Type type)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (Type? current = type; current is not null && current != typeof(object); current = current.BaseType)
            {
                foreach (var field in current.GetFields(Instance))
                {
                    if (seen.Add(field.Name) && CanHoldComponent(field.FieldType))
                        yield return (field.ComponentName(), field);
                }
            }
        }

        // A field typed as a class unrelated to Module and Tensor can hold neither, nor can a struct.
        private static bool CanHoldComponent(Type type)
            => type == typeof(object) || type.IsInterface
            || typeof(torch.nn.Module).IsAssignableFrom(type) || typeof(torch.Tensor).IsAssignableFrom(type);
    }
}

namespace TorchSharp.Utils
{
    /// <summary>Gives a field another key than its name in the state dict.</summary>
    [AttributeUsage(AttributeTargets.Field, AllowMultiple = false, Inherited = false)]
    public class ComponentNameAttribute : Attribute
    {
        public string Name { get; set; } = null!;
    }
}
