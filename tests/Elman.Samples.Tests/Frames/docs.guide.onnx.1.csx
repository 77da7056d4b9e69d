using Elman.Onnx;

using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "gru", Model = new() { Layers = [8] }, Epochs = 1 });
classifier.Fit(BuiltInData.Load("synthetic-control", seed: 1, trainCases: 60, testCases: 6).Train);
//: block
using SequenceEstimator read = OnnxFile.Load("older.onnx").Model;
Expect(read.ToBytes().AsSpan().SequenceEqual(classifier.ToBytes()) && File.Exists("model.onnx"));
