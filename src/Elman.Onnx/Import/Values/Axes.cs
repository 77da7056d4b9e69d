using System.Collections.Immutable;

namespace Elman.Onnx.Import.Values;

/// <summary>The axes of a tensor, each a product of atoms.</summary>
internal sealed class Axes
{
    private readonly ImmutableArray<ImmutableArray<Atom>> _axes;

    /// <summary>Creates axes.</summary>
    public Axes(IEnumerable<IEnumerable<Atom>> axes) => _axes = [.. axes.Select(axis => axis.ToImmutableArray())];

    /// <summary>The number of axes.</summary>
    public int Rank => _axes.Length;

    /// <summary>The atoms of an axis.</summary>
    public ImmutableArray<Atom> this[int axis] => _axes[axis];

    /// <summary>All atoms, in order.</summary>
    public IEnumerable<Atom> Atoms => _axes.SelectMany(axis => axis);

    /// <summary>The lengths.</summary>
    public long[] Shape => [.. _axes.Select(axis => SizeOf(axis))];

    /// <summary>Whether two have the same atoms in the same axes.</summary>
    public bool Same(Axes other) => Rank == other.Rank && _axes.Zip(other._axes).All(pair => pair.First.SequenceEqual(pair.Second));

    /// <summary>Returns the axis with exactly these atoms; −1 if there is none.</summary>
    public int Find(params IReadOnlyList<Atom> atoms)
    {
        for (int axis = 0; axis < Rank; axis++)
            if (_axes[axis].SequenceEqual(atoms))
                return axis;
        return -1;
    }

    /// <summary>Returns the axes in another order.</summary>
    public Axes Transposed(IReadOnlyList<int> order) => new(order.Select(axis => (IEnumerable<Atom>)_axes[axis]));

    /// <summary>Returns the axes with one replaced.</summary>
    public Axes With(int axis, IEnumerable<Atom> atoms) => new(_axes.Select((old, a) => a == axis ? atoms : old));

    /// <summary>Returns the axes without one, whose atoms must be gone or consumed.</summary>
    public Axes Without(int axis) => new(_axes.RemoveAt(axis).Select(atoms => (IEnumerable<Atom>)atoms));

    /// <summary>Returns the axes with another of length 1.</summary>
    public Axes Inserted(int axis) => new(_axes.Insert(axis, []).Select(atoms => (IEnumerable<Atom>)atoms));

    /// <summary>
    /// Distributes the atoms among axes of other lengths, in row-major order; <see langword="null"/> if an axis would have a part of an
    /// atom.
    /// </summary>
    public Axes? TryReshape(IReadOnlyList<long> shape)
    {
        Atom[] atoms = [.. Atoms];
        var axes = new List<List<Atom>>();
        int next = 0;
        foreach (long length in shape)
        {
            var axis = new List<Atom>();
            for (long size = 1; size < length && next < atoms.Length; size *= atoms[next++].Size)
                axis.Add(atoms[next]);
            if (SizeOf(axis) != length)
                return null;
            axes.Add(axis);
        }
        return next == atoms.Length ? new Axes(axes) : null;
    }

    /// <exception cref="Reading.GraphException">The product is beyond all bounds.</exception>
    private static long SizeOf(IEnumerable<Atom> atoms) => Constant.CountOf([.. atoms.Select(atom => atom.Size)]);
}
