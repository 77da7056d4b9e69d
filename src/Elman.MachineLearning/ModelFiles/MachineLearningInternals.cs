using System.Runtime.CompilerServices;
using Elman.MachineLearning;
using Elman.MachineLearning.ModelFiles;
using Elman.MachineLearning.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

// By this attribute ML.NET finds the function that reads a transformer, after it has loaded the assembly that the model names.
[assembly: LoadableClass(typeof(RecurrentNetworkTransformer), typeof(MachineLearningInternals), null, typeof(SignatureLoadModel),
    "Recurrent network of Elman", MachineLearningInternals.LoaderSignature)]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]

namespace Elman.MachineLearning.ModelFiles
{
    /// <summary>
    /// The only code that uses what ML.NET keeps internal; the project file lists it. Without it a transformer can't be saved, can't be
    /// loaded in a program that does not know it, an estimator can't describe its columns, and training can't write to the log.
    /// </summary>
    internal static class MachineLearningInternals
    {
        public const string LoaderSignature = "ElmanRecurrentNetwork";

        // Eight characters that every stream of this kind begins with, and its version: 1.1 in ML.NET's notation.
        private const string Signature = "ELMANRNN";
        private const uint Version = 0x00010001;

        /// <summary>Writes a transformer.</summary>
        public static void Save(ModelSaveContext context, TransformerState state)
        {
            context.CheckAtModel();
            context.SetVersionInfo(VersionOfFormat());
            state.Write(context.Writer);
        }

        /// <summary>Returns the environment of a catalog, which has the log of the <see cref="MLContext"/>.</summary>
        public static IHostEnvironment EnvironmentOf(TrainCatalogBase.CatalogInstantiatorBase trainers) =>
            ((IInternalCatalog)trainers).Environment;

        /// <summary>Describes a column before training.</summary>
        public static SchemaShape.Column ShapeOf(OutputShape shape) => new(shape.Name, shape.Kind, shape.ItemType, shape.IsKey,
            new SchemaShape([.. shape.Lists.Select(list =>
                new SchemaShape.Column(list.Kind, SchemaShape.Column.VectorKind.Vector, list.Item, false))]));

        /// <summary>Reads a transformer. ML.NET calls it by its name and signature.</summary>
        internal static RecurrentNetworkTransformer Create(ModelLoadContext context)
        {
            context.CheckAtModel(VersionOfFormat());
            return new(TransformerState.Read(context.Reader));
        }

        private static VersionInfo VersionOfFormat() => new(
            Signature, Version, Version, Version, typeof(MachineLearningInternals).Assembly.FullName!, LoaderSignature);
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>An attribute that only the run time knows: the assembly may use what another one keeps internal.</summary>
    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
    {
        /// <summary>The name of the other assembly.</summary>
        public string AssemblyName { get; } = assemblyName;
    }
}
