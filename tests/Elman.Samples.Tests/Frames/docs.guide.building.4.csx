(SequenceDataset data, SequenceDataset validation) = BuiltInData.Load("synthetic-control", seed: 1, trainCases: 60, testCases: 12);
using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "rnn", Model = new() { Layers = [8] }, Epochs = 2 });
//: block
Expect(classifier.IsFitted);
