// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/libraryfilters.h"

#include "ui/look/icons.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/widgets/chipbutton.h"
#include "ui/widgets/flowlayout.h"

#include <QComboBox>
#include <QHash>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace {

constexpr int MostTags = 6;

} // namespace

LibraryFilters::LibraryFilters(QWidget *parent)
    : QWidget(parent)
{
    const QFontMetricsF metrics(font());
    const int gap = scaledInt(metrics, 4);
    m_rows = new QVBoxLayout(this);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(scaledInt(metrics, 6));
    auto *first = new QHBoxLayout;
    first->setSpacing(gap);
    for (int i = 3; i >= 0; --i) { // the worst comes first, as it does in a list of incidents
        const auto severity = Severity(i);
        auto *button = new ChipButton(severityIcon(severity),
                                      tr("Severity %1").arg(severityName(severity)), this);
        button->setObjectName(u"severity_" + toString(severity));
        connect(button, &ChipButton::toggled, this, &LibraryFilters::changed);
        m_severities[size_t(i)] = button;
        first->addWidget(button);
    }
    m_difficulty = new QComboBox(this);
    m_difficulty->setObjectName(QStringLiteral("difficulty"));
    m_difficulty->setAccessibleName(tr("Difficulty"));
    m_difficulty->addItem(tr("Any difficulty"));
    for (const auto difficulty :
         {Difficulty::Beginner, Difficulty::Intermediate, Difficulty::Advanced}) {
        m_difficulty->addItem(difficultyName(difficulty), int(difficulty));
    }
    first->addWidget(m_difficulty, 1);
    first->addStretch();

    auto *second = new QHBoxLayout;
    second->setSpacing(gap);
    m_service = new QComboBox(this);
    m_service->setObjectName(QStringLiteral("service"));
    m_service->setAccessibleName(tr("Service"));
    second->addWidget(m_service, 1);
    m_favouritesOnly = new ChipButton(icon(Glyph::Star), tr("Favourites only"), this);
    m_favouritesOnly->setObjectName(QStringLiteral("favouritesOnly"));
    second->addWidget(m_favouritesOnly);
    for (QComboBox *box : {m_difficulty, m_service}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(8);
        box->setMinimumHeight(scaledInt(metrics, 28));
        connect(box, &QComboBox::currentIndexChanged, this, &LibraryFilters::changed);
    }
    connect(m_favouritesOnly, &ChipButton::toggled, this, &LibraryFilters::changed);

    m_tagBox = new QWidget(this);
    m_tagBox->setObjectName(QStringLiteral("tags"));
    new FlowLayout(gap, m_tagBox);
    m_rows->addLayout(first);
    m_rows->addLayout(second);
    m_rows->addWidget(m_tagBox);
}

void LibraryFilters::addAboveTags(QWidget *row)
{
    m_rows->insertWidget(m_rows->indexOf(m_tagBox), row);
}

void LibraryFilters::offer(const QList<LibraryGroup> &groups)
{
    QStringList services;
    QStringList tags;
    for (const LibraryGroup &group : groups) {
        for (const LibraryEntry &entry : group.entries) {
            services += entry.services;
            tags += entry.tags;
        }
    }
    services.removeDuplicates();
    services.sort();
    // The tags that most entries have; the search finds the others.
    QHash<QString, int> counts;
    for (const QString &tag : std::as_const(tags)) {
        ++counts[tag];
    }
    tags.removeDuplicates();
    std::stable_sort(tags.begin(), tags.end(), [&counts](const QString &a, const QString &b) {
        return counts.value(a) > counts.value(b);
    });
    tags = tags.mid(0, MostTags);

    const QSignalBlocker quiet(m_service);
    const QString service = m_service->currentData().toString();
    m_service->clear();
    m_service->addItem(tr("Any service"), QString());
    for (const QString &name : std::as_const(services)) {
        m_service->addItem(name, name);
    }
    m_service->setCurrentIndex(std::max(0, m_service->findData(service)));

    QStringList pressed;
    const auto chips = m_tagBox->findChildren<ChipButton *>();
    for (ChipButton *chip : chips) {
        if (chip->isChecked()) {
            pressed.append(chip->text());
        }
        delete chip;
    }
    QWidget *before = m_favouritesOnly; // in the order of Tab, too
    for (const QString &tag : std::as_const(tags)) {
        auto *chip = new ChipButton(tag, m_tagBox);
        chip->setChecked(pressed.contains(tag));
        connect(chip, &ChipButton::toggled, this, &LibraryFilters::changed);
        m_tagBox->layout()->addWidget(chip);
        setTabOrder(before, chip);
        before = chip;
    }
    m_tagBox->setVisible(!tags.isEmpty());
}

void LibraryFilters::setSeveritiesShown(bool shown)
{
    for (ChipButton *button : m_severities) {
        button->setVisible(shown);
    }
}

void LibraryFilters::setDifficultyShown(bool shown)
{
    m_difficulty->setVisible(shown);
}

LibraryQuery LibraryFilters::query() const
{
    LibraryQuery query;
    query.favouritesOnly = m_favouritesOnly->isChecked();
    query.service = m_service->currentData().toString();
    for (size_t i = 0; i < m_severities.size(); ++i) {
        if (!m_severities[i]->isHidden() && m_severities[i]->isChecked()) {
            query.severities.insert(int(i));
        }
    }
    if (!m_difficulty->isHidden() && m_difficulty->currentIndex() > 0) {
        query.difficulty = Difficulty(m_difficulty->currentData().toInt());
    }
    const auto chips = m_tagBox->findChildren<ChipButton *>();
    for (const ChipButton *chip : chips) {
        if (chip->isChecked()) {
            query.tags.append(chip->text());
        }
    }
    return query;
}
