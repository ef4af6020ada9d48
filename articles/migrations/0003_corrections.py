import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import articles.fields


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_history_is_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="1 for the story's first correction, 2 for the second, and so on.",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("correction", "correction"),
                            ("clarification", "clarification"),
                            ("update", "update"),
                            ("retraction", "retraction"),
                        ],
                        default="correction",
                        help_text="A retraction also stands on top of the story.",
                        max_length=20,
                    ),
                ),
                (
                    "text",
                    articles.fields.PlainTextField(
                        help_text="For readers: what the story said before, and what is right. It stands under the story."
                    ),
                ),
                (
                    "made_at",
                    articles.fields.MomentField(
                        default=django.utils.timezone.now, verbose_name="corrected on"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="articles.article",
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only if it is about the words of one quote of this story.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="corrections",
                        to="articles.quote",
                    ),
                ),
            ],
            options={
                "ordering": ["article", "number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="correction_has_words",
                        violation_error_message="A correction needs its words.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["correction", "clarification", "update", "retraction"])
                        ),
                        name="correction_kind_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("article", "number"),
                        name="correction_is_counted_once",
                        violation_error_message="This story has a correction with that number already; take the next one.",
                    ),
                ],
            },
        ),
    ]
