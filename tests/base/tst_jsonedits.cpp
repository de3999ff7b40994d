// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/jsontext.h"
#include "commentedjson.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using CommentedJson::Tree;

/**
 * Thousands of edits in texts full of comments: each does what was asked for, and nothing else.
 * JSON_EDIT_ROUNDS sets the number of texts, JSON_EDIT_SEED the first of them.
 */
class TestJsonEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void surveyAgreesWithWhatWasWritten();
    void editsKeepWhatBelongsToOthers();

private:
    Tree tree(QRandomGenerator &random, int depth, bool isArray);
    QByteArray scalar(QRandomGenerator &random);
    bool edit(QRandomGenerator &random, QByteArray *text);

    int m_names = 0;
};

QByteArray TestJsonEdits::scalar(QRandomGenerator &random)
{
    const QByteArray number = QByteArray::number(++m_names);
    switch (random.bounded(5)) {
    case 0:
        return number + ".50";
    case 1:
        return '"' + number + " // no comment, {\"";
    case 2:
        return number + "e3";
    case 3:
        return '-' + number;
    default:
        return '"' + number + '"';
    }
}

Tree TestJsonEdits::tree(QRandomGenerator &random, int depth, bool isArray)
{
    Tree out;
    out.isArray = isArray;
    for (int i = random.bounded(depth == 0 ? 2 : 0, 6); i > 0; --i) {
        Tree child;
        const int kind = depth > 2 ? 0 : random.bounded(5);
        if (kind < 3) {
            child.scalar = scalar(random);
        } else {
            // Elements that are objects need a first member to be known by.
            child = tree(random, depth + 1, !isArray && kind == 3);
            if (isArray) {
                child.children.insert(child.children.begin(),
                                      Tree{"id", scalar(random), false, {}});
            }
        }
        child.key = isArray ? QByteArray() : 'k' + QByteArray::number(++m_names);
        out.children.push_back(child);
    }
    return out;
}

void TestJsonEdits::surveyAgreesWithWhatWasWritten()
{
    QRandomGenerator random(11);
    int comments = 0;
    for (int round = 0; round < 300; ++round) {
        const QByteArray text = CommentedJson::Writer(random).spell(tree(random, 0, false));
        QVERIFY2(JsonText::parse(text).has_value(), text.constData());
        const CommentedJson::Survey survey(text);
        comments += int(survey.owners.size());
        QVERIFY2(survey.misplaced().isEmpty(),
                 QByteArray(survey.misplaced() + " in\n" + text).constData());
    }
    QVERIFY(comments > 1000);
}

namespace {

QJsonValue withValueAt(const QJsonValue &root, const QStringList &path, const QJsonValue &value)
{
    if (path.isEmpty()) {
        return value;
    }
    if (root.isArray()) {
        QJsonArray array = root.toArray();
        const int index = path.first().toInt();
        array[index] = withValueAt(array[index], path.mid(1), value);
        return array;
    }
    QJsonObject object = root.toObject();
    object[path.first()] = withValueAt(object[path.first()], path.mid(1), value);
    return object;
}

std::vector<JsonText::Node> childrenOf(const JsonText &json, JsonText::Node node)
{
    std::vector<JsonText::Node> children;
    for (auto child = json.firstChild(node); child != JsonText::None;
         child = json.nextSibling(child)) {
        children.push_back(child);
    }
    return children;
}

void collect(const JsonText &json, JsonText::Node node, std::vector<JsonText::Node> &containers)
{
    if (json.kind(node) == JsonText::Kind::Object || json.kind(node) == JsonText::Kind::Array) {
        containers.push_back(node);
        for (const JsonText::Node child : childrenOf(json, node)) {
            collect(json, child, containers);
        }
    }
}

} // namespace

/** One random edit; whether all is well after it. */
bool TestJsonEdits::edit(QRandomGenerator &random, QByteArray *text)
{
    const JsonText json = *JsonText::parse(*text);
    std::vector<JsonText::Node> containers;
    collect(json, json.root(), containers);
    const JsonText::Node node = containers[size_t(random.bounded(int(containers.size())))];
    const std::vector<JsonText::Node> children = childrenOf(json, node);
    const QByteArray number = QByteArray::number(++m_names);
    const auto oneIn = [&random](int count) { return random.bounded(count) == 0; };
    int blankLines = CommentedJson::blankLines(*text);
    QJsonValue wanted;
    QList<JsonText::Edit> edits;
    bool mayMove = false;
    if (json.kind(node) == JsonText::Kind::Object) {
        QJsonObject object = json.toQt(node).toObject();
        QList<JsonText::Node> removed;
        QList<std::pair<QString, QByteArray>> added;
        for (const JsonText::Node child : children) {
            if (json.key(child) == u"id") {
                continue;
            }
            const bool isScalar = json.kind(child) != JsonText::Kind::Object &&
                                  json.kind(child) != JsonText::Kind::Array;
            if (oneIn(3)) {
                removed.append(child);
                object.remove(json.key(child));
                blankLines -= CommentedJson::blankLines(json.spelling(child).toByteArray());
            } else if (isScalar && oneIn(4)) {
                edits += json.replaceValue(child, number);
                object[json.key(child)] = number.toInt();
                blankLines -= CommentedJson::blankLines(json.spelling(child).toByteArray());
            }
        }
        for (int i = random.bounded(3); i > 0; --i) {
            const QString key = u'k' + QString::number(++m_names);
            added.append({key, oneIn(4) ? "{\n \"x\": " + number + "\n}" : number});
            object[key] = added.last().second == number
                              ? QJsonValue(number.toInt())
                              : QJsonValue(QJsonObject{{QStringLiteral("x"), number.toInt()}});
        }
        edits += json.changeMembers(node, removed, added);
        wanted = object;
    } else {
        QJsonArray array;
        std::vector<JsonText::Node> order = children;
        if (oneIn(2)) {
            order.erase(std::remove_if(order.begin(), order.end(), [&](auto) { return oneIn(4); }),
                        order.end());
        }
        if (oneIn(2) && order.size() > 1) {
            mayMove = true;
            for (int i = random.bounded(1, 3); i > 0; --i) {
                const auto from = size_t(random.bounded(int(order.size())));
                const JsonText::Node one = order[from];
                order.erase(order.begin() + qsizetype(from));
                order.insert(order.begin() + random.bounded(int(order.size()) + 1), one);
            }
        }
        QList<JsonText::Element> elements;
        for (const JsonText::Node child : children) {
            if (std::find(order.begin(), order.end(), child) == order.end()) {
                blankLines -= CommentedJson::blankLines(json.spelling(child).toByteArray());
            }
        }
        for (size_t i = 0; i <= order.size(); ++i) {
            if (oneIn(5)) {
                const QByteArray fresh = QByteArray::number(++m_names);
                elements.append({JsonText::None, {}, fresh});
                array.append(fresh.toInt());
            }
            if (i == order.size()) {
                break;
            }
            JsonText::Element element{order[i], {}, {}};
            QJsonValue value = json.toQt(order[i]);
            if (value.isObject() && oneIn(2)) {
                const QString key = u'k' + QString::number(++m_names);
                element.edits = json.changeMembers(order[i], {}, {{key, "true"}});
                QJsonObject object = value.toObject();
                object.insert(key, true);
                value = object;
            }
            elements.append(element);
            array.append(value);
        }
        edits = json.rearrange(node, elements);
        wanted = array;
    }
    const QByteArray after = JsonText::apply(*text, edits);
    const QStringList path = json.pointer(node).split(u'/').mid(1);
    const QJsonValue whole = withValueAt(json.toQt(json.root()), path, wanted);
    QByteArray wrong;
    const Result<JsonText> read = JsonText::parse(after);
    if (!read) {
        wrong = read.error().toString().toUtf8();
    } else if (read->toQt(read->root()) != whole) {
        wrong = "another meaning";
    } else if (CommentedJson::blankLines(after) != blankLines) {
        wrong = "blank lines: " + QByteArray::number(CommentedJson::blankLines(after)) + " for " +
                QByteArray::number(blankLines);
    } else {
        wrong = CommentedJson::damage(*text, after, mayMove);
    }
    if (!wrong.isEmpty()) {
        qWarning("%s at %s\n--- before\n%s\n--- after\n%s", wrong.constData(),
                 qPrintable(json.pointer(node)), text->constData(), after.constData());
        return false;
    }
    *text = after;
    return true;
}

void TestJsonEdits::editsKeepWhatBelongsToOthers()
{
    const int rounds = qEnvironmentVariableIntValue("JSON_EDIT_ROUNDS");
    const int seed = qEnvironmentVariableIntValue("JSON_EDIT_SEED");
    constexpr int Usual = 800;
    for (int round = 0; round < (rounds > 0 ? rounds : Usual); ++round) {
        QRandomGenerator random(quint32(seed + round));
        QByteArray text = CommentedJson::Writer(random).spell(tree(random, 0, false));
        for (int i = 0; i < 6; ++i) {
            QVERIFY2(edit(random, &text), qPrintable(QStringLiteral("seed %1").arg(seed + round)));
        }
    }
}

QTEST_GUILESS_MAIN(TestJsonEdits)
#include "tst_jsonedits.moc"
